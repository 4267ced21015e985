package org.patchproof.specfile;

/** Where a release suffix is kept in a spec whose release takes in a {@code buildid} that nothing sets. */
public enum SuffixHome {
    /** With whoever builds: {@code rpmbuild --define}. The spec stays as near the vendor's as can be. */
    COMMAND_LINE,
    /** In the spec: whoever rebuilds the source package gets the same release. */
    SPEC
}
