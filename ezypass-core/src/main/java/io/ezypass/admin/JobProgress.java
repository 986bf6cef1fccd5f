package io.ezypass.admin;

import io.ezypass.model.UserId;
import org.jspecify.annotations.Nullable;

/**
 * How far a job has come: told after every step, a step being one rewritten item, one re-encrypted
 * key, one mended finding, or one user looked at.
 *
 * @param user whose step it was; null for what belongs to the table
 * @param steps how many steps the job has done so far, over all users
 */
public record JobProgress(@Nullable UserId user, long steps) {}
