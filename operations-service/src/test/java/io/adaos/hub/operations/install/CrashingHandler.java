package io.adaos.hub.operations.install;

import io.adaos.hub.contracts.operation.OperationState;
import io.adaos.hub.operations.execution.CancellationToken;
import io.adaos.hub.operations.execution.InputRequest;
import io.adaos.hub.operations.execution.OperationHandler;
import io.adaos.hub.operations.execution.OperationProgress;
import io.adaos.hub.operations.execution.ParkedException;
import io.adaos.hub.operations.lifecycle.KindRules;
import io.adaos.hub.operations.lifecycle.PgOutcomeStep;
import io.adaos.hub.operations.lifecycle.StoredOperation;
import io.adaos.hub.operations.lifecycle.machine.OperationCommand;
import io.adaos.hub.operations.operationlog.LogLevel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Ends the process at a word of its run; every later run is one of a freshly started process. */
final class CrashingHandler implements OperationHandler {

    private final Supplier<OperationHandler> start;
    private final Supplier<Optional<String>> look;
    private final Point point;
    private OperationHandler process;
    private int crashes;
    private Optional<String> seen = Optional.empty();
    Runnable onCrash = () -> { };
    String atStep = "";
    boolean takesBack = true;

    /** Which word of a run, whether before or after it is said, and how often. */
    record Point(int word, boolean before, int times) {
    }

    /**
     * @param start makes the handler of a process that starts
     * @param look what a reader sees at the moment of the crash
     */
    CrashingHandler(Supplier<OperationHandler> start, Supplier<Optional<String>> look,
            Point point) {
        this.start = start;
        this.look = look;
        this.point = point;
        this.process = start.get();
    }

    /** Stands for the end of the process: nothing of the run happens after it. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("the process ended", null, false, false);
        }
    }

    int crashes() {
        return crashes;
    }

    Optional<String> seen() {
        return seen;
    }

    @Override
    public KindRules rules() {
        return process.rules();
    }

    @Override
    public void prepare() {
        process.prepare();
    }

    @Override
    public void run(OperationProgress progress) {
        if (crashes > 0) {
            process = start.get();
            process.prepare();
        }
        process.run(new Words(progress));
    }

    @Override
    public void takeBack(StoredOperation operation) {
        if (takesBack) {
            process.takeBack(operation);
        }
    }

    private void crash() {
        crashes++;
        seen = look.get();
        onCrash.run();
        throw new Crash();
    }

    /** Counts what the handler says. */
    private final class Words implements OperationProgress {

        private final OperationProgress progress;
        private int words;

        Words(OperationProgress progress) {
            this.progress = progress;
        }

        @Override
        public StoredOperation operation() {
            return progress.operation();
        }

        @Override
        public CancellationToken token() {
            return progress.token();
        }

        @Override
        public void step(Step step, int percent, String message) {
            say(step.wire(), () -> progress.step(step, percent, message));
        }

        @Override
        public void decide(Step step, String message, Map<String, Object> checkpoint) {
            say("decide", () -> progress.decide(step, message, checkpoint));
        }

        @Override
        public void record(Step step, String message, PgOutcomeStep also) {
            say(step.wire(), () -> progress.record(step, message, also));
        }

        @Override
        public void record(Step step, String message, Map<String, Object> checkpoint,
                PgOutcomeStep also) {
            say(step.wire(), () -> progress.record(step, message, checkpoint, also));
        }

        @Override
        public void log(LogLevel level, String message) {
            progress.log(level, message);
        }

        @Override
        public ParkedException park(String message) {
            return progress.park(message);
        }

        @Override
        public Map<String, Object> input(InputRequest request) {
            return progress.input(request);
        }

        @Override
        public List<OperationState> children(List<OperationCommand> commands) {
            return progress.children(commands);
        }

        @Override
        public void succeed(String message, Map<String, Object> result, PgOutcomeStep also) {
            say("succeed", () -> progress.succeed(message, result, also));
        }

        private void say(String name, Runnable word) {
            boolean here = ++words == point.word() || name.equals(atStep);
            boolean now = here && crashes < point.times();
            if (now && point.before()) {
                crash();
            }
            word.run();
            if (now) {
                crash();
            }
        }
    }
}
