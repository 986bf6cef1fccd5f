package io.ezypass.internal.op;

import io.ezypass.internal.table.TableDefinition;
import org.jspecify.annotations.Nullable;

/** All use cases of one table, wired. */
public record UseCases(
    RegisterUser registerUser,
    FindUser findUser,
    UpdateUser updateUser,
    ListUsers listUsers,
    DeleteUser deleteUser,
    ResolveWrite resolveWrite,
    AddCredential addCredential,
    GetCredential getCredential,
    UpdateCredential updateCredential,
    DeleteCredential deleteCredential,
    AddCredentials addCredentials,
    GetCredentials getCredentials,
    DeleteCredentials deleteCredentials,
    ReadHistory readHistory,
    ListTrash listTrash,
    RestoreCredential restoreCredential,
    PurgeCredential purgeCredential,
    ShareCredential shareCredential,
    RevokeGrant revokeGrant,
    ListGrants listGrants,
    ListReceived listReceived,
    OpenShared openShared,
    ReadAudit readAudit,
    ReadVault readVault,
    ListCredentials listCredentials,
    FilterCredentials filterCredentials,
    SearchVault searchVault,
    FindByWebsite findByWebsite,
    CheckHealth checkHealth,
    ReadDue readDue,
    CreateTable createTable,
    CheckTable checkTable,
    InitialiseTable initialiseTable,
    MigrateKey migrateKey,
    RotateKeys rotateKeys,
    RepairUser repairUser,
    RepairClaim repairClaim,
    ScanTable scanTable) {

  /**
   * Wires them.
   *
   * @param pinnedTableId the only table id that is accepted; null to accept the one that is there
   */
  public static UseCases of(
      Environment env, TableDefinition definition, byte @Nullable [] pinnedTableId) {
    Table table = new Table(env, pinnedTableId);
    KeyAccess access = new KeyAccess(env, table);
    FindUser findUser = new FindUser(env, table, access);
    CheckTable checkTable = new CheckTable(definition, table);
    ReadVault readVault = new ReadVault(env, access);
    return new UseCases(
        new RegisterUser(env, table),
        findUser,
        new UpdateUser(env, access, findUser),
        new ListUsers(env, table),
        new DeleteUser(env, table),
        new ResolveWrite(env, table),
        new AddCredential(env, access),
        new GetCredential(env, access),
        new UpdateCredential(env, access),
        new DeleteCredential(env, table, access),
        new AddCredentials(env, access),
        new GetCredentials(env, access),
        new DeleteCredentials(env, access),
        new ReadHistory(env, access),
        new ListTrash(env, access),
        new RestoreCredential(env, access),
        new PurgeCredential(env, table, access),
        new ShareCredential(env, access),
        new RevokeGrant(env, access),
        new ListGrants(env, access),
        new ListReceived(env, access),
        new OpenShared(env, access),
        new ReadAudit(env, access),
        readVault,
        new ListCredentials(env, access),
        new FilterCredentials(env, access),
        new SearchVault(readVault),
        new FindByWebsite(env, access),
        new CheckHealth(env, new ReadVault(env, access)),
        new ReadDue(env, table, access),
        new CreateTable(definition, checkTable),
        checkTable,
        new InitialiseTable(env, table),
        new MigrateKey(env, table),
        new RotateKeys(env, access),
        new RepairUser(env, table, access),
        new RepairClaim(env, table, access),
        new ScanTable(env, table));
  }
}
