using KubeSa.Sandbox.Certificates;
using KubeSa.Sandbox.Tokens;

namespace KubeSa.Sandbox.Scenarios;

/// <summary>Writes what clients of a running sandbox need.</summary>
internal static class ClientFiles
{
    private const long TokenSeconds = 24 * 3600;

    public static SandboxFiles Write(string directory, SandboxState state, IScenario scenario)
    {
        // A directory may be used again; files made anew are private from the first byte, files overwritten keep their mode.
        var caFile = Fresh(directory, "ca.crt");
        OwnerOnlyFile.Write(caFile, state.Identity.Authority.Pem);
        var admin = ClientCertificate.Create(state.Identity.Authority, "kubernetes-admin", Auth.UserInfo.Masters, state.Time.GetUtcNow());
        var users = state.Options.BareCluster ? [] : scenario.Users;
        var kubeConfig = Fresh(directory, "kubeconfig");
        OwnerOnlyFile.Write(kubeConfig, KubeConfigFile.Compose(
            state.Url, state.Identity.Authority.Pem, admin, users.Select(user => new KubeConfigUser(user.Context, user.Namespace, TokenOf(state, user)))));
        var address = new Uri(state.Url);
        var mount = Path.Combine(directory, "mount");
        if (Directory.Exists(mount))
        {
            Directory.Delete(mount, recursive: true);
        }

        OwnerOnlyFile.CreateDirectory(mount);
        state.Mount?.Attach(new PodMountDirectory(mount, address, state.Time));
        return new SandboxFiles(caFile, kubeConfig, mount, [KubeConfigFile.AdminContext, .. users.Select(user => user.Context)]);
    }

    private static string Fresh(string directory, string name)
    {
        var path = Path.Combine(directory, name);
        File.Delete(path);
        return path;
    }

    private static string? TokenOf(SandboxState state, ScenarioUser user)
    {
        if (user.ServiceAccount is null)
        {
            return null;
        }

        var account = state.Store.TryGet(state.Types.Get("", "serviceaccounts"), user.Namespace, user.ServiceAccount)!;
        return state.Identity.Issuer.IssueBound(new BoundTokenRequest(user.Namespace, new NamedUid(account.Name, account.Uid), TokenSeconds));
    }
}
