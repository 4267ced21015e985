CREATE INDEX run_by_time ON run (started);
CREATE INDEX variant_by_name ON variant (kernel, name);
CREATE INDEX patch_by_digest ON patch (sha256);
CREATE INDEX package_by_digest ON package (sha256);
