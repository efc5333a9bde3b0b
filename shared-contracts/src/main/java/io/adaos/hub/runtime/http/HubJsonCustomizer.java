package io.adaos.hub.runtime.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** Teaches the framework's own mapper the dialect of {@link HubJson}. */
@Singleton
final class HubJsonCustomizer implements ObjectMapperCustomizer {

    @Override
    public int priority() {
        return MINIMUM_PRIORITY;
    }

    @Override
    public void customize(ObjectMapper mapper) {
        HubJson.configure(mapper);
    }
}
