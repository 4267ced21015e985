package org.patchproof.jenkins;

import com.cloudbees.groovy.cps.Continuation;
import com.cloudbees.groovy.cps.Envs;
import com.cloudbees.groovy.cps.Next;
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import com.lesfurets.jenkins.unit.cps.PipelineTestHelperCPS;
import groovy.lang.Closure;
import groovy.lang.MetaMethod;
import groovy.lang.Script;

/**
 * Runs a script as Jenkins does, and after each step or call writes the state of the caller out and reads
 * it back: a controller that restarts must find it. The library's own helper does so in closures only.
 */
final class SerialisingHelper extends PipelineTestHelperCPS {
    private int roundTrips;
    private boolean stepped;

    /** How often state was written and read. */
    int roundTrips() {
        return roundTrips;
    }

    @Override
    protected Object runScriptInternal(Script script) {
        return stepwise(script::run);
    }

    @Override
    protected Object callMethod(MetaMethod method, Object delegate, Object... arguments) {
        return stepwise(() -> method.doMethodInvoke(delegate, arguments));
    }

    @Override
    @SuppressWarnings("rawtypes") // as in the class that is extended
    public Object callClosure(Closure closure, Object... arguments) {
        return stepwise(() -> arguments == null ? closure.call() : closure.call(arguments));
    }

    @Override
    @SuppressWarnings("rawtypes") // as in the class that is extended
    public Object callClosure(Closure closure) {
        return callClosure(closure, new Object[0]);
    }

    @Override
    protected void registerMethodCall(Object target, int depth, String name, Object... arguments) {
        super.registerMethodCall(target, depth, name, arguments);
        stepped = true;
    }

    private void roundTrip(Next next) {
        try {
            roundtripSerialization(next.e);
            roundTrips++;
        } catch (Exception e) {
            throw new IllegalStateException("state that does not survive a restart of the controller: " + e, e);
        }
    }

    private interface Call {
        Object make();
    }

    private Object stepwise(Call call) {
        CpsCallableInvocation invocation;
        try {
            return call.make();
        } catch (CpsCallableInvocation e) {
            invocation = e;
        }
        Next next = invocation.invoke(Envs.empty(), null, Continuation.HALT);
        while (next.yield == null) {
            next = next.step();
            if (stepped) {
                stepped = false;
                roundTrip(next);
            }
        }
        try {
            return next.yield.replay();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
