resource "google_bigquery_dataset" "layer" {
  for_each                   = toset(var.datasets)
  dataset_id                 = each.value
  location                   = var.warehouse_region
  labels                     = var.labels
  delete_contents_on_destroy = false
  max_time_travel_hours      = 168
}

resource "google_storage_bucket" "pipelines" {
  name                        = var.bucket
  location                    = var.region
  labels                      = var.labels
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  versioning {
    enabled = true
  }

  # What a job has left behind is of no use the day after.
  lifecycle_rule {
    condition {
      age            = 7
      matches_prefix = ["temp/", "staging/"]
    }
    action {
      type = "Delete"
    }
  }

  # Every run writes the report anew.
  lifecycle_rule {
    condition {
      days_since_noncurrent_time = 30
      matches_prefix             = ["report/"]
    }
    action {
      type = "Delete"
    }
  }

  lifecycle_rule {
    condition {
      age            = 400
      matches_prefix = ["backups/"]
    }
    action {
      type = "Delete"
    }
  }
}
