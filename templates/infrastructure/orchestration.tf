locals {
  orchestration = "${path.module}/../orchestration/${var.environment}"
  jobs          = { for job in jsondecode(file("${local.orchestration}/scheduler.json")) : basename(job.name) => job }
}

resource "google_workflows_workflow" "pipelines" {
  for_each            = local.jobs
  name                = each.key
  region              = var.region
  service_account     = google_service_account.orchestrator.id
  source_contents     = file("${local.orchestration}/workflow.yaml")
  labels              = var.labels
  deletion_protection = true
  depends_on          = [google_project_service.used]
}

resource "google_cloud_scheduler_job" "start" {
  for_each         = local.jobs
  name             = each.key
  description      = each.value.description
  region           = var.region
  schedule         = each.value.schedule
  time_zone        = each.value.timeZone
  attempt_deadline = each.value.attemptDeadline

  retry_config {
    retry_count          = each.value.retryConfig.retryCount
    min_backoff_duration = each.value.retryConfig.minBackoffDuration
    max_backoff_duration = each.value.retryConfig.maxBackoffDuration
    max_doublings        = each.value.retryConfig.maxDoublings
  }

  http_target {
    uri         = each.value.httpTarget.uri
    http_method = each.value.httpTarget.httpMethod
    headers     = each.value.httpTarget.headers
    body        = each.value.httpTarget.body

    oauth_token {
      service_account_email = google_service_account.orchestrator.email
      scope                 = each.value.httpTarget.oauthToken.scope
    }
  }

  depends_on = [google_workflows_workflow.pipelines]
}
