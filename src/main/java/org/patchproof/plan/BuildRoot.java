package org.patchproof.plan;

/** Where rpmbuild runs. The room that builds says which of them it can do. */
public enum BuildRoot {
    HOST,
    MOCK,
    CONTAINER
}
