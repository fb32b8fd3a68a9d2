/**
 * What a cloud needs to know of the pipelines, generated from their options, their manifests and
 * the environments: templates, workflows, schedules, an Airflow DAG, and what the scripts and
 * Terraform read. The files are checked in; the build fails when they are stale, and {@code
 * scripts/generate} writes them anew.
 */
package org.stripeanalytics.pipelines.deployment;
