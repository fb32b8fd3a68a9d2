/**
 * The pages people read: a dashboard of the marts and a catalogue of every table with its lineage,
 * in one HTML file that needs no network. {@link org.stripeanalytics.report.Report} asks the
 * warehouse for what is shown, {@link org.stripeanalytics.report.ReportPage} makes a page of it;
 * what the page does with it stands in the scripts among this package's resources.
 */
package org.stripeanalytics.report;
