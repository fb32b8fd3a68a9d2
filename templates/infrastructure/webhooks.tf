# Stripe's webhooks: an edge on Cloud Run publishes them, a subscription of Pub/Sub writes them to the
# landing, and another brings them to the streaming job. The service itself comes with a release; see
# scripts/deploy-template.
resource "google_service_account" "webhooks" {
  account_id   = var.webhooks.service_account
  display_name = "Takes Stripe's webhooks for ${var.environment}"
}

resource "google_pubsub_topic" "webhooks" {
  name                       = var.webhooks.topic
  labels                     = var.labels
  message_retention_duration = "604800s"
}

resource "google_pubsub_topic_iam_member" "webhooks" {
  topic  = google_pubsub_topic.webhooks.id
  role   = "roles/pubsub.publisher"
  member = google_service_account.webhooks.member
}

resource "google_secret_manager_secret_iam_member" "webhooks" {
  for_each  = toset(var.webhooks.signing_secrets)
  project   = var.project
  secret_id = each.value
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.webhooks.member
}

# A folder a day, as ingest reads it: files are closed after five minutes at the latest.
resource "google_pubsub_subscription" "landing" {
  name   = "${var.webhooks.topic}-landing"
  topic  = google_pubsub_topic.webhooks.id
  labels = var.labels

  cloud_storage_config {
    bucket                   = google_storage_bucket.pipelines.name
    filename_prefix          = "landing/"
    filename_datetime_format = "YYYY-MM-DD/hh-mm-ssZ"
    filename_suffix          = ".avro"
    max_duration             = "300s"
    max_bytes                = 10000000

    avro_config {
      write_metadata = true
    }
  }

  expiration_policy {
    ttl = ""
  }

  depends_on = [google_storage_bucket_iam_member.pubsub]
}

# It is Pub/Sub itself that writes the files.
resource "google_storage_bucket_iam_member" "pubsub" {
  for_each = toset(["roles/storage.objectCreator", "roles/storage.legacyBucketReader"])
  bucket   = google_storage_bucket.pipelines.name
  role     = each.value
  member   = "serviceAccount:service-${data.google_project.this.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
}

# For the pipeline stream and no other job.
resource "google_pubsub_subscription" "stream" {
  name                       = "${var.webhooks.topic}-stream"
  topic                      = google_pubsub_topic.webhooks.id
  labels                     = var.labels
  ack_deadline_seconds       = 60
  message_retention_duration = "604800s"

  expiration_policy {
    ttl = ""
  }
}

resource "google_pubsub_subscription_iam_member" "stream" {
  for_each     = toset(["roles/pubsub.subscriber", "roles/pubsub.viewer"])
  subscription = google_pubsub_subscription.stream.id
  role         = each.value
  member       = google_service_account.worker.member
}
