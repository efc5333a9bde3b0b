package io.adaos.hub.contracts.error;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One fault in a request.
 *
 * @param path where: a JSON pointer, a manifest path ({@code tools[2].name}) or an archive entry
 * @param code stable machine word
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FieldProblem(String path, String code, String message, String remedy) {
}
