namespace KubeSa.Cmdlets;

/// <summary>Where the pages of the help can be read: in the project's repository, which is named here alone.</summary>
internal static class HelpPages
{
    /// <summary>The project's repository.</summary>
    internal const string Project = "https://github.com/kubesa/KubeSa";

    /// <summary>The folder that has a page for each cmdlet.</summary>
    internal const string Folder = Project + "/blob/main/module/help/";
}
