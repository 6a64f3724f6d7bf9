using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using KubeSa.Tests.Engine;
using Xunit;

namespace KubeSa.Tests.Cmdlets;

[Collection(SharedProcess.Name)]
public sealed class StartKubeSandboxTests
{
    [Theory]
    [InlineData("echo 'You must install or update .NET to run this application. Framework: Microsoft.AspNetCore.App' >&2; exit 150", "aspnetcore-runtime")]
    [InlineData("echo 'the disk is full' >&2; exit 1", "the disk is full")]
    public void Says_why_the_sandbox_does_not_start(string host, string said)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The stand-in for the dotnet host is a shell script.");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("kubesa-host-");
        try
        {
            // It has ASP.NET Core by the look of it, so that no other is asked.
            folder.CreateSubdirectory("shared/Microsoft.AspNetCore.App/8.0.0");
            var script = Path.Combine(folder.FullName, "dotnet");
            File.WriteAllText(script, $"#!/bin/sh\n{host}\n");
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using var environment = new EnvironmentScope(("DOTNET_ROOT", folder.FullName));
            using var engine = new HostedEngine();
            var error = engine.Run("Start-KubeSandbox").RequireError("SandboxFailed");
            Assert.Equal(ErrorCategory.ResourceUnavailable, error.CategoryInfo.Category);
            Assert.Contains(said, error.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Outlives_the_Ctrl_C_that_stops_a_command_of_its_session()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There is no kill to send what the console sends.");
            return;
        }

        using var engine = new HostedEngine();
        var sandbox = Assert.Single(engine.Run("Start-KubeSandbox -Connect").RequireNoErrors().As<Sandbox>());
        using var server = Process.GetProcessById(sandbox.ProcessId);
        using var kill = Process.Start("kill", ["-INT", sandbox.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();

        Assert.False(server.WaitForExit(TimeSpan.FromSeconds(1)), "The sandbox ended.");
        engine.Run("Get-KubeServiceAccount; Stop-KubeSandbox").RequireNoErrors();
    }

    [Fact]
    public void Leaves_no_folder_behind_however_it_ends()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("There is no kill to send signals with.");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("kubesa-temp-");
        try
        {
            using var environment = new EnvironmentScope(("TMPDIR", folder.FullName));
            using var engine = new HostedEngine();

            using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
            taken.Start();
            engine.Run($"Start-KubeSandbox -Port {((System.Net.IPEndPoint)taken.LocalEndpoint).Port}").RequireError("SandboxFailed");
            Assert.Empty(Folders());

            End(Start(), "-TERM");
            Assert.Empty(Folders());

            // Who is killed can remove nothing; the next one does, and leaves those alone that run.
            var killed = Start();
            End(killed, "-KILL");
            Assert.Single(Folders());
            Start();
            Start();
            Assert.Equal(2, Folders().Length);
            Assert.DoesNotContain(Folders(), left => killed.KubeConfig.StartsWith(left, StringComparison.Ordinal));
            engine.Run("Stop-KubeSandbox").RequireNoErrors();
            Assert.Empty(Folders());

            Sandbox Start() => Assert.Single(engine.Run("Start-KubeSandbox").RequireNoErrors().As<Sandbox>());
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        string[] Folders() => Directory.GetDirectories(folder.FullName, "kubesa-sandbox-*");

        static void End(Sandbox sandbox, string signal)
        {
            using var server = Process.GetProcessById(sandbox.ProcessId);
            using var kill = Process.Start("kill", [signal, sandbox.ProcessId.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
            Assert.True(server.WaitForExit(TimeSpan.FromMinutes(1)), "The sandbox did not end.");
        }
    }
}
