-- Verdicts of kernels that were booted as they were built stand apart from those of what ships.
ALTER TABLE variant ADD COLUMN lane TEXT NOT NULL DEFAULT 'rpm';
