# The jobs may read these secrets and no other. Whoever starts them may read none.
resource "google_secret_manager_secret_iam_member" "worker" {
  for_each  = toset(var.secrets)
  project   = var.project
  secret_id = each.value
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.worker.member
}
