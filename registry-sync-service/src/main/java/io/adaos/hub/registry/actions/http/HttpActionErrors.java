package io.adaos.hub.registry.actions.http;

import io.adaos.hub.contracts.error.Problem;
import io.adaos.hub.registry.actions.signature.SignatureBlock;
import io.adaos.hub.registry.actions.store.ActionItem;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Gives every refusal below the action paths the form its client expects. */
@Singleton
@RegisterForReflection(targets = {ActionErrorForm.Envelope.class, ActionErrorForm.Fault.class,
    ActionItem.class, ActionList.class, ActionRecord.class, ActionVerification.class,
    SignatureBlock.class})
public class HttpActionErrors {

    /** Runs for all answers of resources, those of a failed authentication included. */
    @ServerResponseFilter
    public void translate(ContainerRequestContext request, ContainerResponseContext response) {
        String path = request.getUriInfo().getPath();
        boolean isOurs = ActionPaths.isOne(path.startsWith("/") ? path : '/' + path);
        if (!isOurs || !(response.getEntity() instanceof Problem problem)) {
            return;
        }
        boolean isProblem =
                ActionErrorForm.isProblemWanted(request.getHeaderString(HttpHeaders.ACCEPT));
        response.setEntity(isProblem
                ? ActionErrorForm.problem(problem) : ActionErrorForm.envelope(problem));
        response.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE,
                isProblem ? Problem.MEDIA_TYPE : MediaType.APPLICATION_JSON);
    }
}
