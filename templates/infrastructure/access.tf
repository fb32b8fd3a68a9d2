resource "google_service_account" "worker" {
  account_id   = var.worker_service_account
  display_name = "Reads and writes the tables of ${var.environment}"
}

resource "google_service_account" "orchestrator" {
  account_id   = var.orchestrator_service_account
  display_name = "Starts the jobs of ${var.environment}"
}

resource "google_project_iam_member" "worker" {
  for_each = toset([
    "roles/bigquery.jobUser",
    "roles/bigquery.readSessionUser",
    "roles/dataflow.worker",
  ])
  project = var.project
  role    = each.value
  member  = google_service_account.worker.member
}

# A run makes the datasets that are missing, and BigQuery asks for the right even when none is.
resource "google_project_iam_custom_role" "dataset_creator" {
  role_id     = "stripeAnalyticsDatasetCreator"
  title       = "Creates datasets"
  permissions = ["bigquery.datasets.create"]
}

resource "google_project_iam_member" "worker_creates_datasets" {
  project = var.project
  role    = google_project_iam_custom_role.dataset_creator.id
  member  = google_service_account.worker.member
}

locals {
  images = split("/", var.images)
}

resource "google_artifact_registry_repository_iam_member" "worker" {
  project    = local.images[1]
  location   = trimsuffix(local.images[0], "-docker.pkg.dev")
  repository = local.images[2]
  role       = "roles/artifactregistry.reader"
  member     = google_service_account.worker.member
}

resource "google_bigquery_dataset_iam_member" "worker" {
  for_each   = google_bigquery_dataset.layer
  dataset_id = each.value.dataset_id
  role       = "roles/bigquery.dataEditor"
  member     = google_service_account.worker.member
}

resource "google_storage_bucket_iam_member" "worker" {
  bucket = google_storage_bucket.pipelines.name
  role   = "roles/storage.objectUser"
  member = google_service_account.worker.member
}

resource "google_project_iam_member" "orchestrator" {
  for_each = toset([
    "roles/bigquery.jobUser",
    "roles/dataflow.developer",
    "roles/logging.logWriter",
    "roles/workflows.invoker",
    "roles/workflows.viewer",
  ])
  project = var.project
  role    = each.value
  member  = google_service_account.orchestrator.member
}

# It starts jobs as the worker, and writes nothing but the run log.
resource "google_service_account_iam_member" "orchestrator_acts_as_worker" {
  service_account_id = google_service_account.worker.name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.orchestrator.member
}

resource "google_bigquery_dataset_iam_member" "orchestrator" {
  dataset_id = one([for dataset in google_bigquery_dataset.layer : dataset.dataset_id if endswith(dataset.dataset_id, "_ops")])
  role       = "roles/bigquery.dataEditor"
  member     = google_service_account.orchestrator.member
}

resource "google_storage_bucket_iam_member" "orchestrator" {
  bucket = google_storage_bucket.pipelines.name
  role   = "roles/storage.objectViewer"
  member = google_service_account.orchestrator.member
}
