package org.patchproof.jenkins;

import groovy.lang.Closure;

/** A pipeline step, written in Java. */
final class Step extends Closure<Object> {
    private static final long serialVersionUID = 1;

    /** What it does. */
    interface Body {
        Object run(Object... arguments);
    }

    private final transient Body body;

    Step(Body body) {
        super(Step.class);
        this.body = body;
    }

    /** Groovy calls this. */
    public Object doCall(Object... arguments) {
        return body.run(arguments);
    }
}
