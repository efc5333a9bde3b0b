package io.adaos.hub.registry.actions;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** The requests clients of the action registry make, for tests. */
final class ActionRequests {

    /** The key of the registry's own setting, as the tests configure it. */
    static final String API_KEY = "test-action-key-0123456789abcdef";

    private ActionRequests() {
    }

    static RequestSpecification publisher() {
        return given().header("x-api-key", API_KEY).contentType("application/json");
    }

    /** A path of an action, below one of its two roots. */
    static String at(String root, String name, String version) {
        return root + '/' + name + "/versions/" + version;
    }

    /** Publishes a schema, signed by the test's publisher. */
    static Response publish(String path, String schema) {
        return publisher().body(SignedActions.body(schema)).post(path);
    }
}
