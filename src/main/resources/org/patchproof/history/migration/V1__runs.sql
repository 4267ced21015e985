-- The same text serves SQLite and PostgreSQL. Times are milliseconds since 1970, durations milliseconds.
CREATE TABLE run (
    id TEXT NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL,
    directory TEXT NOT NULL,
    bug TEXT NOT NULL,
    patchproof TEXT NOT NULL,
    state TEXT NOT NULL,
    started BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    host TEXT NOT NULL,
    acceleration TEXT NOT NULL
);
CREATE TABLE variant (
    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    kernel TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    source TEXT,
    series TEXT NOT NULL,
    verdict TEXT,
    outcome TEXT,
    reason TEXT,
    reproduced INTEGER NOT NULL,
    counted INTEGER NOT NULL,
    exposures INTEGER NOT NULL,
    build_time BIGINT,
    PRIMARY KEY (run, kernel, name)
);
CREATE TABLE patch (
    run TEXT NOT NULL,
    kernel TEXT NOT NULL,
    variant TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (run, kernel, variant, position),
    FOREIGN KEY (run, kernel, variant) REFERENCES variant (run, kernel, name) ON DELETE CASCADE
);
CREATE TABLE package (
    run TEXT NOT NULL,
    kernel TEXT NOT NULL,
    variant TEXT NOT NULL,
    nevra TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (run, kernel, variant, nevra),
    FOREIGN KEY (run, kernel, variant) REFERENCES variant (run, kernel, name) ON DELETE CASCADE
);
CREATE TABLE trial (
    run TEXT NOT NULL,
    kernel TEXT NOT NULL,
    variant TEXT NOT NULL,
    number INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    exposures INTEGER NOT NULL,
    elapsed BIGINT NOT NULL,
    PRIMARY KEY (run, kernel, variant, number),
    FOREIGN KEY (run, kernel, variant) REFERENCES variant (run, kernel, name) ON DELETE CASCADE
);
