namespace KubeSa.Api;

/// <summary>Asks an administrator about a token that was found; null where an administrator could add nothing.</summary>
/// <param name="evidence">What was gathered so far.</param>
/// <param name="token">The token.</param>
/// <param name="call">Whose call it is, with the deadline of the gathering.</param>
public delegate Task<AdministratorEvidence?> AdministratorLookup(AccessEvidence evidence, string token, CallContext call);
