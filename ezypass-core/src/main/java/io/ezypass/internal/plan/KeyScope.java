package io.ezypass.internal.plan;

/**
 * Names one entry of the key cache; equal scopes share it.
 *
 * @param type what the entry holds
 * @param id the user's id, or a constant for the table's own entry
 * @param <K> what the entry holds
 */
public record KeyScope<K extends KeyMaterial>(Class<K> type, String id) {}
