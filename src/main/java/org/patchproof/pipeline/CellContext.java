package org.patchproof.pipeline;

import org.patchproof.pipeline.Ledger.CellLedger;
import org.patchproof.plan.BugSpec;
import org.patchproof.plan.Cell;
import org.patchproof.process.CommandRunner;

/**
 * What every stage of one cell works with.
 *
 * @param request what was asked for
 * @param bug what is provoked
 * @param cell the kernel, its variants, its guest
 * @param bundle where the evidence goes
 * @param ledger saved after each step
 * @param page the ledger's page of this cell
 * @param runner runs and writes down every command
 * @param steps tells the listener
 */
record CellContext(
        VerifyRequest request,
        BugSpec bug,
        Cell cell,
        Bundle bundle,
        Ledger ledger,
        CellLedger page,
        CommandRunner runner,
        Steps steps) {

    /** The same with as many jobs as there is room for. */
    CellContext withJobs(int jobs) {
        return new CellContext(request.withJobs(jobs), bug, cell, bundle, ledger, page, runner, steps);
    }

    /** The kernel's name. */
    String kernel() {
        return cell.kernel().name();
    }
}
