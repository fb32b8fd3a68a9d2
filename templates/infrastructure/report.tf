# As whom the report is written: it reads every table, and writes into one folder of the bucket.
# The job itself comes with a release; see scripts/deploy-template.
resource "google_service_account" "report" {
  account_id   = var.report.service_account
  display_name = "Writes the report of ${var.environment}"
}

resource "google_project_iam_member" "report" {
  project = var.project
  role    = "roles/bigquery.jobUser"
  member  = google_service_account.report.member
}

resource "google_bigquery_dataset_iam_member" "report" {
  for_each   = google_bigquery_dataset.layer
  dataset_id = each.value.dataset_id
  role       = "roles/bigquery.dataViewer"
  member     = google_service_account.report.member
}

resource "google_storage_bucket_iam_member" "report" {
  bucket = google_storage_bucket.pipelines.name
  role   = "roles/storage.objectUser"
  member = google_service_account.report.member

  condition {
    title      = "only the report"
    expression = "resource.name.startsWith(\"projects/_/buckets/${var.bucket}/objects/report/\")"
  }
}

# It is Cloud Run that fetches the image, whoever the job runs as.
resource "google_artifact_registry_repository_iam_member" "cloud_run" {
  project    = local.images[1]
  location   = trimsuffix(local.images[0], "-docker.pkg.dev")
  repository = local.images[2]
  role       = "roles/artifactregistry.reader"
  member     = "serviceAccount:service-${data.google_project.this.number}@serverless-robot-prod.iam.gserviceaccount.com"
}

# The workflow starts the job and waits for its end. The job may not be there yet, so these are not on it.
resource "google_project_iam_member" "orchestrator_runs_report" {
  for_each = toset([
    "roles/run.invoker",
    "roles/run.viewer",
  ])
  project = var.project
  role    = each.value
  member  = google_service_account.orchestrator.member
}
