/**
 * Where the tables are. Pipelines read, load and publish through the port {@link
 * org.stripeanalytics.warehouse.Warehouse}; the adapters behind it are packages of their own, and
 * all of them pass the tests of {@code WarehouseContract}.
 *
 * <p>A run loads each of its tables once, which shows nothing to anybody, and publishes them all in
 * one transaction that replaces what the run owns ({@link org.stripeanalytics.contract.Ownership}).
 * So a run can be repeated, and months may come in any order.
 */
package org.stripeanalytics.warehouse;
