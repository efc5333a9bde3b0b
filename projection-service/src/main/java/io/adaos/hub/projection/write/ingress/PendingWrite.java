package io.adaos.hub.projection.write.ingress;

import io.adaos.hub.projection.governance.PendingValue;
import io.adaos.hub.projection.room.branch.JsonSize;
import java.util.concurrent.CompletableFuture;

/**
 * A governed write that may have to wait for its owner's next flush.
 *
 * @param epoch of the room it was judged for
 * @param end completed once, when it is known what became of it
 */
public record PendingWrite(DeclaredWrite write, long epoch, CompletableFuture<WriteEnd> end)
        implements PendingValue {

    @Override
    public long bytes() {
        return write.bytes();
    }

    @Override
    public PendingValue over(PendingValue older) {
        PendingWrite under = (PendingWrite) older;
        var put = write.put().after(under.write().put());
        return put == write.put() ? this : new PendingWrite(new DeclaredWrite(write.query(),
                write.rule(), put, JsonSize.of(put.value()), write.fingerprint()),
                Math.min(epoch, under.epoch()), end);
    }
}
