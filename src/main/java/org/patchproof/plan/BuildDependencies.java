package org.patchproof.plan;

/** Whether rpmbuild insists that each BuildRequires is an installed RPM. */
public enum BuildDependencies {
    /** It does. */
    REQUIRED,
    /** {@code --nodeps}: on a host whose packages are no RPMs, where rpm cannot see what is installed. */
    NOT_CHECKED
}
