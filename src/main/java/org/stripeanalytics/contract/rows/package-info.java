/**
 * Writes the row classes: from the contracts under {@code schemas/}, before anything else is
 * compiled. It uses nothing of the project, because the rest of the project needs what it writes.
 */
package org.stripeanalytics.contract.rows;
