namespace KubeSa.Tour;

/// <summary>
/// A true story: a program in a pod is refused by the API server, and nobody knows why. Each step is a command as a
/// person would type it, and what must come of it.
/// </summary>
internal static class Story
{
    internal static void Play(Stage stage)
    {
        Beginning(stage);
        WhoIsIt(stage);
        WhyIsItRefused(stage);
        Repair(stage);
        stage.Say("Done. The same commands work on your own cluster: Connect-KubeCluster, and go on.");
    }

    private static void Beginning(Stage stage)
    {
        stage.Say(
            """
            A program called pod-counter runs in a pod and counts the pods of its cluster. It did so for months.
            Now its log says "the server has asked for the client to provide credentials", and no more.
            The API server of this story is a sandbox on this machine.
            """);
        stage.Run("$sandbox = Start-KubeSandbox -Scenario retired-key -Connect");
    }

    private static void WhoIsIt(Stage stage)
    {
        stage.Say("Which service accounts are there?");
        var accounts = stage.Run("Get-KubeServiceAccount -AllNamespaces");
        accounts.MustContain("kube-system/default");

        stage.Say("pod-counter was given none of its own, so it runs as the default account of kube-system.");
        stage.Run("$account = Get-KubeServiceAccount default -Namespace kube-system");
        stage.Run("$account.UserName").MustContain("system:serviceaccount:kube-system:default");

        stage.Say("That account has a token of the old kind, stored in a Secret.");
        stage.Run("$secret = $account | Get-KubeSaTokenSecret");
        stage.Run("$secret").MustHave("ServiceAccount", "default");
        stage.Say("Decoded, it says who it is for, and with which key it was signed. It never expires.");
        stage.Run("($secret | ConvertFrom-SaTokenSecret).Info").MustHave("Kind", "Legacy");

        stage.Say("The pod has that token in its mount.");
        stage.Run("Get-KubePodIdentity -MountPath $sandbox.MountPath").MustHave("ServiceAccount", "default");
    }

    private static void WhyIsItRefused(Stage stage)
    {
        stage.Say("What does the pod see? This asks the server with the token of the mount, as the program does.");
        stage.Run("Test-KubeInClusterAccess -MountPath $sandbox.MountPath -AllNamespaces").MustHave("Cause", "TokenRejected");

        stage.Say("From inside, a refused token tells no more than that. An administrator can ask further.");
        stage.Run("Test-KubeInClusterAccess -MountPath $sandbox.MountPath -AllNamespaces -AdminConnection (Get-KubeConnection)")
            .MustHave("Cause", "SignatureKeyUnknown");

        stage.Say("So that is it: the server's signing key was replaced, and this token is still signed with the old one.");
    }

    private static void Repair(Stage stage)
    {
        stage.Say("The program gets an account of its own; its pods get fresh tokens, which renew themselves.");
        stage.Run("New-KubeServiceAccount pod-counter -Namespace kube-system").MustContain("kube-system/pod-counter");
        stage.Run("Set-KubeWorkloadServiceAccount pod-counter -ServiceAccount pod-counter -Namespace kube-system -Wait")
            .MustHave("RolledOut", "True");

        stage.Say("And now, from inside the new pod:");
        var report = stage.Run("Test-KubeInClusterAccess -MountPath $sandbox.MountPath -AllNamespaces");
        report.MustHave("Cause", "None");
        report.MustContain("There are 14 pods in the cluster");
    }
}
