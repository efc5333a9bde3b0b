package io.adaos.hub.bench.crdt;

/**
 * What one run of a workload showed.
 *
 * @param doMs local edits with their updates
 * @param applyMs all updates applied to another document; 0 when the workload keeps none
 * @param encodeMs the whole document as one update
 * @param parseMs a new document from that update
 * @param updateBytes all updates of the edits together
 * @param docBytes size of the encoded document
 * @param docSha SHA-256 of it
 * @param updatesSha SHA-256 of all updates and of the other document's encoding
 * @param structs structs of the document
 * @param retainedBytes heap that a parsed document keeps; 0 when not asked for
 */
record Sample(double doMs, double applyMs, double encodeMs, double parseMs, long updateBytes,
        long docBytes, String docSha, String updatesSha, int structs, long retainedBytes) {

    /** Whether both sides wrote the same bytes, in every update and at the end. */
    boolean sameBytes(Sample other) {
        return docSha.equals(other.docSha) && updatesSha.equals(other.updatesSha);
    }

    double bytesPerStruct() {
        return (double) retainedBytes / structs;
    }
}
