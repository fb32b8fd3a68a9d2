/**
 * Values that the whole system speaks of: immutable rows, a package per layer, and the days and
 * money they are made of. No IO and no transforms, so everything here is tested without either.
 */
package org.stripeanalytics.model;
