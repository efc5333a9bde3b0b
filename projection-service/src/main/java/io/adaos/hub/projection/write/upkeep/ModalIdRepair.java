package io.adaos.hub.projection.write.upkeep;

import io.adaos.hub.projection.room.branch.BranchWrite;
import io.adaos.hub.projection.room.upkeep.DocRepair;
import io.adaos.hub.projection.rules.ModalRepair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ends ids of modals that have more than one node prefix, in a document as it was found. */
public final class ModalIdRepair implements DocRepair {

    @Override
    public List<BranchWrite> plan(Map<String, Object> roots) {
        Map<String, Object> own = new LinkedHashMap<>(roots);
        own.keySet().retainAll(BranchWrite.ROOTS);
        return ModalRepair.plan(own).stream().map(ModalIdRepair::write).toList();
    }

    private static BranchWrite write(ModalRepair.Fix fix) {
        return fix instanceof ModalRepair.Fix.Put put
                ? new BranchWrite.Put(put.path(), put.value())
                : new BranchWrite.Remove(fix.path());
    }
}
