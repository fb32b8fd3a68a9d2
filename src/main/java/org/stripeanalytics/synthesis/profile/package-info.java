/**
 * How a simulated account behaves, as its profile file says: shares, hazards, prices and the values
 * that they are about. Read from YAML and held to the ranges that its components are marked with.
 */
package org.stripeanalytics.synthesis.profile;
