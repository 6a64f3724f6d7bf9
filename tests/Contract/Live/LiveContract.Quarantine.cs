using System.Globalization;
using Xunit;

namespace KubeSa.Contract.Live;

public abstract partial class LiveContract
{
    private const int FirstWithQuarantine = 29;

    [Fact]
    public void A_token_in_quarantine_is_refused_until_that_is_lifted_where_the_server_knows_it()
    {
        Texts("New-KubeServiceAccount shut > $null; $s = New-KubeSaTokenSecret shut shut");
        var minor = int.Parse(Assert.Single(Texts("(Invoke-KubeRestMethod /version).minor -replace '\\D'")), CultureInfo.InvariantCulture);
        if (minor < FirstWithQuarantine)
        {
            _engine.Run("$s | Disable-KubeSaTokenSecret").RequireError("InvalidRequest");
            Assert.Equal(["True"], Texts("(Test-KubeServiceAccountToken $s.Token).Valid"));
            return;
        }

        Texts("$null = $s | Disable-KubeSaTokenSecret");
        Eventually(() => Texts("(Test-KubeServiceAccountToken $s.Token).Valid") is ["False"]);
        Texts("$null = $s | Enable-KubeSaTokenSecret");
        Eventually(() => Texts("(Test-KubeServiceAccountToken $s.Token).Valid") is ["True"]);
    }
}
