package org.patchproof.specfile;

/** Ends an injection; {@link SpecInjector} makes it an {@link InjectionOutcome.Refused}. Never leaves the room. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String seen;
    private final String remedy;

    Refusal(String seen, String remedy) {
        super(seen + "; " + remedy);
        this.seen = seen;
        this.remedy = remedy;
    }

    InjectionOutcome.Refused outcome() {
        return new InjectionOutcome.Refused(seen, remedy);
    }
}
