package io.adaos.hub.operations.lifecycle.machine;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What a handler needs to know about a question, beside what people are shown.
 *
 * @param name tells the questions of one operation apart
 * @param fallback the answer when nobody has answered in time; null: the operation fails
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Question(String name, String fallback) {
}
