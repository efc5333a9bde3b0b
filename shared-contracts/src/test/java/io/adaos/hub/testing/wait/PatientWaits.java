package io.adaos.hub.testing.wait;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Gives every wait for a condition that names no bound of its own half a minute: a machine that is
 * busy is no fault. JUnit finds it by itself, in all modules.
 */
public final class PatientWaits implements BeforeAllCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A test of Quarkus has class loaders of its own, and each of them its own Awaitility. */
    @Override
    public void beforeAll(ExtensionContext context) throws ReflectiveOperationException {
        ClassLoader loader = context.getRequiredTestClass().getClassLoader();
        try {
            Class.forName("org.awaitility.Awaitility", true, loader)
                    .getMethod("setDefaultTimeout", Duration.class).invoke(null, PATIENCE);
        } catch (ClassNotFoundException e) {
            context.publishReportEntry("waits", "this module does not use Awaitility");
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("Awaitility refuses " + PATIENCE, e);
        }
    }
}
