/**
 * The newest version of each object as of a day. Kept in memory between transforms; written as
 * tables where a run is told to.
 */
package org.stripeanalytics.staging;
