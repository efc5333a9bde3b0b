package io.adaos.hub.cli.up;

import io.adaos.hub.cli.CommandFailed;
import io.adaos.hub.cli.Console;
import io.adaos.hub.cli.data.HubLock;
import io.adaos.hub.cli.data.HubState;
import java.io.IOException;
import java.util.Optional;

/** A hub that somebody else supervises already: waits until it is ready and says where it is. */
final class RunningHub {
    private static final long LOOK_MILLIS = 200;

    private RunningHub() {}

    /** Returns the exit code. */
    static int show(UpOptions options, Console console) throws IOException {
        boolean said = false;
        while (true) {
            Optional<HubState> state = HubState.read(options.data());
            if (state.filter(now -> now.phase() == HubState.Phase.READY).isPresent()) {
                warnOfOtherAddress(state.get(), options, console);
                ReadyLines.show(state.get(), options.data(), console);
                return 0;
            }
            Optional<HubLock> free = HubLock.tryAcquire(options.data());
            if (free.isPresent()) {
                free.get().close();
                throw CommandFailed.because("the hub in " + options.data().root()
                                + " ended while it was waited for",
                        "see " + options.data().log("hub"), "run this command again");
            }
            if (!said) {
                console.line("another ./hub up is starting or stopping this hub, waiting for it");
                said = true;
            }
            pause();
        }
    }

    private static void warnOfOtherAddress(HubState state, UpOptions options, Console console) {
        if (!state.address().equals(options.address())) {
            console.line("the hub in " + options.data().root() + " already runs on "
                    + state.address().host() + ", port base " + state.address().portBase()
                    + "; for another address stop it first: ./hub down");
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
