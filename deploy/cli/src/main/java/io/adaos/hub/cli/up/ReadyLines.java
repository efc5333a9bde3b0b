package io.adaos.hub.cli.up;

import io.adaos.hub.cli.Console;
import io.adaos.hub.cli.data.DataFolder;
import io.adaos.hub.cli.data.HubKeys;
import io.adaos.hub.cli.data.HubPart;
import io.adaos.hub.cli.data.HubState;
import io.adaos.hub.cli.data.SecretFiles;
import java.io.IOException;

/** What {@code up} prints about a hub that is ready; the last line is a contract. */
final class ReadyLines {
    private ReadyLines() {}

    static void show(HubState state, DataFolder data, Console console) throws IOException {
        SecretFiles secrets = new SecretFiles(data);
        console.show("");
        for (HubPart service : HubPart.services()) {
            console.show(row(service.processName(), state.address().url(service)));
        }
        console.show(row("data", data.root().toString()));
        console.show(row("admin token", secrets.file(HubKeys.ADMIN_TOKEN).toString()));
        console.show(row("panel", state.address().url(HubPart.PROJECTION) + "/#token="
                + secrets.read(HubKeys.SESSION_TOKEN)));
        console.show("hub ready in " + state.readySeconds() + " s");
    }

    private static String row(String name, String value) {
        return String.format("%-22s %s", name, value);
    }
}
