/**
 * How a simulated history comes about and is written down: what is due when, the states that
 * objects go through, their ids, and the days of the warehouse and of banks. It knows of no
 * customer.
 */
package org.stripeanalytics.synthesis.history;
