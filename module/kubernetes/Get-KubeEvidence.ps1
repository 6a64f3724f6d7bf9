<#
.SYNOPSIS
Writes what a program in this pod meets on its way to the API server, as JSON between two markers.

.DESCRIPTION
Needs PowerShell 7.4 and nothing else: .NET types alone, no module. It judges nothing; Test-KubeInClusterAccess -Evidence does, and
about_KubeSa_Evidence tells what is written. Never writes a token.

Runs as a file, or as text behind pwsh -Command in the spec of a container. Kubernetes takes a dollar sign before a parenthesis, or two of
them, for its own there, so neither may stand in here.

.EXAMPLE
kubectl exec -i my-pod -- pwsh -NoProfile -Command - < Get-KubeEvidence.ps1
#>
param(
    [string] $Mount = ($env:KUBESA_MOUNT ? $env:KUBESA_MOUNT : '/var/run/secrets/kubernetes.io/serviceaccount'),
    [string] $Verb = ($env:KUBESA_VERB ? $env:KUBESA_VERB : 'list'),
    [string] $Resource = ($env:KUBESA_RESOURCE ? $env:KUBESA_RESOURCE : 'pods'),
    # All namespaces where it is empty.
    [string] $Namespace = $env:KUBESA_NAMESPACE,
    # Seconds, for the way to the server and back.
    [double] $Timeout = ($env:KUBESA_TIMEOUT ? $env:KUBESA_TIMEOUT : 10)
)

$ErrorActionPreference = 'Stop'
$longestFile = 2MB
$longestBody = 4MB
$longestMessage = 1000
$longestText = 4000

# ---- Secrecy ----------------------------------------------------------------------------------------------------------

# The log is read by many, and a server may write back, in whatever form, the token that it was shown. Pieces of the token's forms,
# each 12 characters long, are looked for in every word that goes out; one is enough.
$pieceLength = 12
$pieces = [Collections.Generic.HashSet[string]]::new()

# The same for both alphabets of base64, and for hexadecimal digits of both cases.
function Get-Plain([string] $Text) { $Text.ToLowerInvariant().Replace('-', '+').Replace('_', '/') }

function Get-Reversed([string] $Text) {
    $characters = $Text.ToCharArray()
    [Array]::Reverse($characters)
    [string]::new($characters)
}

function Add-Secret([string] $Secret) {
    $whole = @($Secret; Get-Reversed $Secret)
    $binary = foreach ($part in $Secret.Split('.')) { try { , (ConvertFrom-Base64Url $part) } catch { continue } }
    $forms = @(
        foreach ($text in $whole) {
            $text
            $bytes = [Text.Encoding]::UTF8.GetBytes($text)
            [Convert]::ToHexString($bytes)
            # Base64 of the same bytes looks different after none, one or two others.
            foreach ($before in 0..2) {
                $encoded = [Convert]::ToBase64String([byte[]]::new($before) + $bytes).Substring($before -gt 0 ? 4 : 0)
                $encoded
                Get-Reversed $encoded
            }
        }
        foreach ($bytes in $binary) { [Convert]::ToHexString($bytes) }
    )
    foreach ($form in $forms) {
        $plain = Get-Plain $form
        for ($at = 0; $at + $pieceLength -le $plain.Length; $at += $pieceLength) { $null = $pieces.Add($plain.Substring($at, $pieceLength)) }
    }
}

function Test-Secret([string] $Word) {
    if ($Word -cmatch 'eyJ[A-Za-z0-9_-]{8,}') { return $true }
    $plain = Get-Plain $Word
    for ($at = 0; $at + $pieceLength -le $plain.Length; $at++) { if ($pieces.Contains($plain.Substring($at, $pieceLength))) { return $true } }
    $false
}

function Hide-Secret([string] $Text) {
    # What cannot be seen may stand between the letters of a token.
    $seen = ($Text.Length -le $longestText ? $Text : $Text.Substring(0, $longestText) + ' ...') -replace '\p{Cf}'
    [regex]::Replace($seen, '[A-Za-z0-9+/=_.~%-]{12,}', {
            param($found)
            $decoded = [Uri]::UnescapeDataString([Uri]::UnescapeDataString($found.Value))
            (Test-Secret $found.Value) -or ($decoded -cne $found.Value -and (Test-Secret $decoded)) ? '[redacted]' : $found.Value
        })
}

# ---- JSON -------------------------------------------------------------------------------------------------------------

function ConvertTo-JsonText($Value) {
    if ($null -eq $Value) { return 'null' }
    if ($Value -is [bool]) { return $Value ? 'true' : 'false' }
    if ($Value -is [int] -or $Value -is [long]) { return $Value.ToString([cultureinfo]::InvariantCulture) }
    if ($Value -is [TimeSpan]) { return [Math]::Max(0.0, $Value.TotalSeconds).ToString('0.#######', [cultureinfo]::InvariantCulture) }
    if ($Value -is [DateTimeOffset]) { return '"' + $Value.UtcDateTime.ToString('o', [cultureinfo]::InvariantCulture) + '"' }
    if ($Value -is [Collections.IDictionary]) {
        # The method, for a field may be named keys.
        $fields = foreach ($key in $Value.get_Keys()) { if ($null -ne $Value[$key]) { (ConvertTo-JsonText ([string]$key)) + ':' + (ConvertTo-JsonText $Value[$key]) } }
        return '{' + ($fields -join ',') + '}'
    }
    if ($Value -is [Collections.IEnumerable] -and $Value -isnot [string]) {
        $items = foreach ($item in $Value) { ConvertTo-JsonText $item }
        return '[' + ($items -join ',') + ']'
    }
    '"' + [Text.Json.JsonEncodedText]::Encode((Hide-Secret ([string]$Value))).ToString() + '"'
}

# A field of an object, or null where there is none or the parent is none.
function Get-Field($Parent, [string] $Name) {
    $found = [Text.Json.JsonElement]::new()
    if ($Parent -is [Text.Json.JsonElement] -and $Parent.ValueKind -eq 'Object' -and $Parent.TryGetProperty($Name, [ref]$found)) { return $found }
    $null
}

function Get-Text($Parent, [string] $Name) {
    $field = Get-Field $Parent $Name
    if ($null -eq $field -or $field.ValueKind -ne 'String') { return $null }
    try { $field.GetString() } catch [InvalidOperationException] { $null }
}

# A NumericDate of RFC 7519: seconds since 1970, perhaps with a fraction.
function Get-Time($Parent, [string] $Name) {
    $field = Get-Field $Parent $Name
    $seconds = 0.0
    if ($null -eq $field -or $field.ValueKind -ne 'Number' -or -not $field.TryGetDouble([ref]$seconds)) { return $null }
    $ticks = $seconds * 1e7
    if ($ticks -lt 0 -or $ticks -ge ([DateTimeOffset]::MaxValue - [DateTimeOffset]::UnixEpoch).Ticks) { return $null }
    [DateTimeOffset]::UnixEpoch.AddTicks([long][Math]::Floor($ticks))
}

function ConvertFrom-JsonObject([byte[]] $Bytes) {
    try { $document = [Text.Json.JsonDocument]::Parse([ReadOnlyMemory[byte]]::new($Bytes), [Text.Json.JsonDocumentOptions]::new()) }
    catch [Text.Json.JsonException] { return $null }
    if ($document.RootElement.ValueKind -eq 'Object') { $document.RootElement }
}

# ---- Failures ---------------------------------------------------------------------------------------------------------

# The outcome that an exception stands for, and the system's name for it.
function Get-Outcome([Exception] $Failure) {
    while ($Failure -is [Management.Automation.MethodInvocationException] -and $Failure.InnerException) { $Failure = $Failure.InnerException }
    if ($Failure -is [OperationCanceledException]) { return 'TimedOut', 'TimedOut' }
    for ($cause = $Failure; $cause; $cause = $cause.InnerException) {
        if ($cause -is [Net.Sockets.SocketException]) {
            $outcome = switch ([string]$cause.SocketErrorCode) {
                { $_ -in 'HostNotFound', 'NoData', 'TryAgain', 'NoRecovery' } { 'HostNotFound' }
                'ConnectionRefused' { 'Refused' }
                { $_ -in 'HostUnreachable', 'NetworkUnreachable', 'HostDown', 'NetworkDown' } { 'Unreachable' }
                # What a blocking read says when its time is over is WouldBlock on some systems.
                { $_ -in 'TimedOut', 'WouldBlock' } { 'TimedOut' }
                { $_ -in 'ConnectionReset', 'ConnectionAborted', 'Shutdown' } { 'Reset' }
                default { 'Failed' }
            }
            return $outcome, [string]$cause.SocketErrorCode
        }
    }
    if ($Failure -is [Net.Http.HttpRequestException]) {
        $name = [string]$Failure.HttpRequestError
        return (($name -in 'InvalidResponse', 'HttpProtocolError', 'ConfigurationLimitExceeded') ? 'Malformed' : 'Reset'), $name
    }
    if ($Failure -is [Security.Authentication.AuthenticationException]) { return 'Failed', 'AuthenticationException' }
    if ($Failure -is [IO.IOException]) { return 'Reset', 'ConnectionClosed' }
    'Failed', $Failure.GetType().Name
}

# ---- The mount --------------------------------------------------------------------------------------------------------

function Read-MountFile([string] $Path) {
    $file = @{ Evidence = [ordered]@{ path = $Path; exists = $true; empty = $false }; Text = $null }
    try {
        $stream = [IO.FileStream]::new($Path, 'Open', 'Read', 'ReadWrite, Delete')
        try {
            if ($stream.Length -gt $longestFile) { $file.Evidence.problem = 'it is ' + $stream.Length + ' bytes long' }
            else { $file.Text = [IO.StreamReader]::new($stream).ReadToEnd() }
        }
        finally { $stream.Dispose() }
        $file.Evidence.empty = $null -ne $file.Text -and [string]::IsNullOrWhiteSpace($file.Text)
    }
    catch [IO.FileNotFoundException], [IO.DirectoryNotFoundException] {
        $file.Evidence.exists = $false
        $file.Evidence.brokenLink = [IO.FileInfo]::new($Path).LinkTarget
    }
    catch [UnauthorizedAccessException] {
        $file.Evidence.problem = [IO.Directory]::Exists($Path) ? 'it is a directory' : 'this process may not read it'
    }
    catch [IO.IOException] { $file.Evidence.problem = 'reading it fails (' + $_.Exception.GetBaseException().GetType().Name + ')' }
    $file
}

function Get-MountEvidence {
    $folder = [ordered]@{ path = $Mount; exists = $true }
    try { $null = [IO.Directory]::GetFileSystemEntries($Mount) }
    catch [UnauthorizedAccessException] { $folder.problem = 'this process may not look into it' }
    catch [IO.DirectoryNotFoundException] { $folder.exists = $false }
    catch [IO.IOException] { $folder.problem = 'looking into it fails (' + $_.Exception.GetBaseException().GetType().Name + ')' }
    $folder
}

# One of the first two parts of a token (RFC 7515): an object, or nothing.
function ConvertFrom-TokenPart([string] $Part) {
    try { ConvertFrom-JsonObject (ConvertFrom-Base64Url $Part) }
    catch [FormatException] { $null }
}

# RFC 4648, section 5, without padding. The comma keeps the bytes together.
function ConvertFrom-Base64Url([string] $Text) {
    $bare = $Text.Replace('-', '+').Replace('_', '/')
    , [Convert]::FromBase64String($bare.PadRight([int][Math]::Ceiling($bare.Length / 4) * 4, '='))
}

# The token without what copying leaves around it: blanks, a byte order mark, the word Bearer.
function Get-TokenText([string] $Text) {
    ($Text -replace '^[\s\uFEFF]*(bearer(?=\s|\z))?[\s\uFEFF]*|[\s\uFEFF]+\z')
}

# What a token says of itself, or nothing where the text is none.
function Get-TokenInfo([string] $Text) {
    if ($Text -notmatch '^[A-Za-z0-9_.-]+\z') { return $null }
    $parts = $Text.Split('.')
    if ($parts.Length -notin 3, 5) { return $null }
    $header = ConvertFrom-TokenPart $parts[0]
    $claims = $parts.Length -eq 3 ? (ConvertFrom-TokenPart $parts[1]) : $null
    if ($null -eq $header -or ($parts.Length -eq 3 -and $null -eq $claims)) { return $null }
    if ($parts.Length -eq 5 -and $null -eq (Get-Text $header 'enc')) { return $null }

    $flat = 'kubernetes.io/serviceaccount/'
    $bound = Get-Field $claims 'kubernetes.io'
    $account = Get-Field $bound 'serviceaccount'
    $isBound = $null -ne $account -and $account.ValueKind -eq 'Object'
    $isLegacy = -not $isBound -and (Get-Text $claims 'iss') -eq 'kubernetes/serviceaccount' -and $null -ne (Get-Text $claims ($flat + 'service-account.name'))
    $audiences = Get-Field $claims 'aud'
    $user = Get-Text $claims 'sub'
    $names = ([string]$user).Split(':')
    $isAccount = $names.Length -eq 4 -and $names[0] -eq 'system' -and $names[1] -eq 'serviceaccount'
    $info = [ordered]@{
        kind      = $isBound ? 'Bound' : ($isLegacy ? 'Legacy' : 'Unknown')
        userName  = $user
        groups    = $isAccount ? @('system:serviceaccounts', ('system:serviceaccounts:' + $names[2]), 'system:authenticated') : @()
        issuer    = Get-Text $claims 'iss'
        audiences = @(
            if ($null -ne $audiences -and $audiences.ValueKind -eq 'String') { $audiences.GetString() }
            if ($null -ne $audiences -and $audiences.ValueKind -eq 'Array') { foreach ($item in $audiences.EnumerateArray()) { if ($item.ValueKind -eq 'String') { $item.GetString() } } }
        )
        issuedAt  = Get-Time $claims 'iat'
        notBefore = Get-Time $claims 'nbf'
        expiresAt = Get-Time $claims 'exp'
        jwtId     = Get-Text $claims 'jti'
        algorithm = Get-Text $header 'alg'
        keyId     = Get-Text $header 'kid'
    }
    if ($isBound) {
        $info.namespace = Get-Text $bound 'namespace'
        $info.serviceAccount = Get-Text $account 'name'
        $info.serviceAccountUid = Get-Text $account 'uid'
        foreach ($kind in 'pod', 'secret', 'node') {
            $object = Get-Field $bound $kind
            $info[$kind + 'Name'] = Get-Text $object 'name'
            $info[$kind + 'Uid'] = Get-Text $object 'uid'
        }
        $info.warnAfter = Get-Time $bound 'warnafter'
    }
    elseif ($isLegacy) {
        $info.namespace = Get-Text $claims ($flat + 'namespace')
        $info.serviceAccount = Get-Text $claims ($flat + 'service-account.name')
        $info.serviceAccountUid = Get-Text $claims ($flat + 'service-account.uid')
        $info.secretName = Get-Text $claims ($flat + 'secret.name')
    }
    $info
}

function Get-CertificateFacts($Certificate) {
    $names = try {
        foreach ($extension in $Certificate.Extensions) {
            if ($extension -is [Security.Cryptography.X509Certificates.X509SubjectAlternativeNameExtension]) {
                $extension.EnumerateDnsNames()
                foreach ($address in $extension.EnumerateIPAddresses()) { $address.ToString() }
            }
        }
    }
    # An extension that cannot be read names nothing, and so it is judged.
    catch [Security.Cryptography.CryptographicException] { }
    [ordered]@{
        subject    = $Certificate.Subject
        issuer     = $Certificate.Issuer
        names      = @($names)
        notBefore  = [DateTimeOffset]$Certificate.NotBefore
        notAfter   = [DateTimeOffset]$Certificate.NotAfter
        thumbprint = $Certificate.GetCertHashString('SHA256')
    }
}

# ---- The way to the server --------------------------------------------------------------------------------------------

# Where the server is: the process's own variables, or a file beside a copied mount that stands for them.
function Find-Server {
    $hostName = [Environment]::GetEnvironmentVariable('KUBERNETES_SERVICE_HOST')
    $port = [Environment]::GetEnvironmentVariable('KUBERNETES_SERVICE_PORT')
    $source = 'Environment'
    $podName = [Environment]::GetEnvironmentVariable('HOSTNAME')
    if ($null -eq $hostName -and $null -eq $port) {
        $source, $podName = 'None', $null
        $text = (Read-MountFile ([IO.Path]::Combine($Mount, 'kubernetes.env'))).Text
        foreach ($line in ([string]$text).Split("`n")) {
            $name, $value = $line.Trim().Split('=', 2)
            if ($null -ne $value -and $name -and -not $name.StartsWith('#')) {
                $source = 'MountFile'
                if ($name -ceq 'KUBERNETES_SERVICE_HOST') { $hostName = $value }
                if ($name -ceq 'KUBERNETES_SERVICE_PORT') { $port = $value }
            }
        }
    }
    $bare = ([string]$hostName) -replace '^\[(.*)\]$', '$1'
    $number = 0
    $good = $bare -and -not $bare.Contains('://') -and [Uri]::CheckHostName($bare) -ne 'Unknown' -and
        [int]::TryParse([string]$port, 'None', [cultureinfo]::InvariantCulture, [ref]$number) -and $number -ge 1 -and $number -le 65535
    $url = $good ? [UriBuilder]::new('https', $bare, $number).Uri : $null
    @{
        Url      = $url
        Evidence = [ordered]@{
            source = $source; hostName = $podName; serviceHost = $hostName; servicePort = $port; apiServer = $url ? $url.GetLeftPart('Authority') : $null; proxy = Find-Proxy
        }
    }
}

# A variable in upper case, else in lower case: its name and its value, or nothing where neither is set.
function Find-Variable([string] $Name) {
    foreach ($spelling in $Name, $Name.ToLowerInvariant()) {
        $value = [Environment]::GetEnvironmentVariable($spelling)
        if ($value) { return @{ Name = $spelling; Value = $value } }
    }
}

# The proxy that other programs here go by, without its credentials. This one uses none.
function Find-Proxy {
    $proxy, $exceptions = (Find-Variable 'HTTPS_PROXY'), (Find-Variable 'NO_PROXY')
    if (-not $proxy) { return $null }
    $url = $null
    if (-not ([Uri]::TryCreate($proxy.Value, 'Absolute', [ref]$url) -and $url.Host)) { $null = [Uri]::TryCreate('http://' + $proxy.Value, 'Absolute', [ref]$url) }
    [ordered]@{ variable = $proxy.Name; value = $url ? $url.Scheme + '://' + $url.Authority : $null; noProxyVariable = $exceptions.Name; noProxy = $exceptions.Value }
}

function Connect-Server([Uri] $Url) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $evidence = [ordered]@{ host = $Url.IdnHost; port = $Url.Port; outcome = 'Done' }
    $socket = $null
    try {
        $literal = $null
        $addresses = [Net.IPAddress]::TryParse($Url.IdnHost, [ref]$literal) ? @($literal) :
            @([Net.Dns]::GetHostAddressesAsync($Url.IdnHost, $deadline.Token).WaitAsync($deadline.Token).GetAwaiter().GetResult())
        $evidence.addresses = @(foreach ($address in $addresses) { $address.ToString() })
        for ($i = 0; -not $socket; $i++) {
            if ($i -eq $addresses.Count) { throw [Net.Sockets.SocketException]::new([int][Net.Sockets.SocketError]::HostNotFound) }
            $attempt = [Net.Sockets.Socket]::new($addresses[$i].AddressFamily, 'Stream', 'Tcp')
            try {
                $null = $attempt.ConnectAsync($addresses[$i], $Url.Port, $deadline.Token).AsTask().GetAwaiter().GetResult()
                $socket = $attempt
            }
            catch [Net.Sockets.SocketException] {
                # The next address may do; the last one's failure is what is told.
                $attempt.Dispose()
                if ($i -eq $addresses.Count - 1) { throw }
            }
        }
    }
    catch { $evidence.outcome, $evidence.error = Get-Outcome $_.Exception }
    $evidence.elapsed = $watch.Elapsed
    @{ Evidence = $evidence; Socket = $socket }
}

# Who signed the server's certificate, for which name it is, and whether it is good now: each apart from the others.
function Test-Tls($Socket, [string] $ServerName, [Security.Cryptography.X509Certificates.X509Certificate2[]] $Authorities) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $evidence = [ordered]@{ serverName = $ServerName; outcome = 'Done' }
    $found, $seen = $null, @{ Leaf = $null; Others = @(); Problems = @() }
    $stream = [Net.Sockets.NetworkStream]::new($Socket, $true)
    # A handshake that waits for its token runs the callback on another thread, where no script can run.
    $stream.ReadTimeout = $stream.WriteTimeout = [int][Math]::Max(1, ($Timeout * 1000) - $started.ElapsedMilliseconds)
    $tls = [Net.Security.SslStream]::new($stream)
    $options = [Net.Security.SslClientAuthenticationOptions]::new()
    $options.TargetHost = $ServerName
    # Without one, the platform fetches issuers from the URLs that a certificate names, before anybody has verified it.
    $options.CertificateChainPolicy = New-ChainPolicy $Authorities
    # A refused certificate is to be seen, too; it is judged below, and nothing is sent over this connection.
    $options.RemoteCertificateValidationCallback = {
        param($origin, $certificate, $chain, $problems)
        if ($certificate) { $seen.Leaf = [Security.Cryptography.X509Certificates.X509Certificate2]::new($certificate) }
        if ($chain) {
            $seen.Others = @(foreach ($other in $chain.ChainPolicy.ExtraStore) { [Security.Cryptography.X509Certificates.X509Certificate2]::new($other) })
            $seen.Problems = @(foreach ($status in $chain.ChainStatus) { [string]$status.Status }) + 'PartialChain'
        }
        $true
    }
    try { $tls.AuthenticateAsClient($options) }
    catch {
        $evidence.outcome, $evidence.error = Get-Outcome $_.Exception
        # What begins with no TLS record cannot be cut into frames.
        if ($_.Exception.GetBaseException().Message.Contains('corrupted frame')) { $evidence.outcome, $evidence.error = 'Malformed', 'NoTls' }
    }
    finally { $tls.Dispose() }

    if ($seen.Leaf) {
        $found = Find-Trust $seen.Leaf $seen.Others $Authorities
        $evidence.certificate = Get-CertificateFacts $seen.Leaf
        $evidence.trusted = $Authorities.Length ? [bool]$found.Trusted : $null
        $evidence.nameMatches = $seen.Leaf.MatchesHostname($ServerName, $true, $false)
        $evidence.validNow = (Test-Time $seen.Leaf) -and ($null -eq $found -or $found.Timely)
        $evidence.chainProblems = @(($found ? $found.Problems : $seen.Problems) | Select-Unique | Skip-Untimely)
    }
    elseif ($evidence.outcome -eq 'Done') { $evidence.trusted = $false }
    $evidence.elapsed = $watch.Elapsed
    @{ Evidence = $evidence; Leaf = $seen.Leaf; Anchor = $found.Anchor }
}

# Select-Object belongs to a module that need not be there.
filter Select-Unique { begin { $met = @{} } process { if (-not $met[$_]) { $met[$_] = $true; $_ } } }

filter Skip-Untimely { if ($_ -notin 'NotTimeValid', 'NotTimeNested') { $_ } }

function Test-Time($Certificate) { $Certificate.NotBefore -le [DateTime]::Now -and [DateTime]::Now -le $Certificate.NotAfter }

function Test-Same($One, $Other) { $One.Thumbprint -eq $Other.Thumbprint }

# Which of the CA certificates vouches for a certificate. While a CA is replaced two have its name, and of what is between
# there may be one signed by each, so all chains that the names allow are tried, as kubectl does; one that is valid now wins.
function Find-Trust($Leaf, $Others, $Authorities) {
    $best = $null
    foreach ($authority in $Authorities) {
        if (Test-Same $authority $Leaf) { $best = Select-Better $best (Test-Trust @($Leaf)) }
    }
    $open, $steps = [Collections.Generic.Queue[object]]::new(), 0
    $open.Enqueue(@($Leaf))
    while ($open.get_Count() -and $steps++ -lt 100) {
        $path = $open.Dequeue()
        $issuer = [Convert]::ToHexString($path[-1].IssuerName.RawData)
        foreach ($authority in $Authorities) {
            if ([Convert]::ToHexString($authority.SubjectName.RawData) -eq $issuer -and -not (Test-Member $path $authority)) {
                $best = Select-Better $best (Test-Trust (@($path) + $authority))
            }
        }
        foreach ($other in $Others) {
            if ($open.get_Count() -lt 100 -and [Convert]::ToHexString($other.SubjectName.RawData) -eq $issuer -and -not (Test-Member $path $other)) { $open.Enqueue(@($path) + $other) }
        }
    }
    $best
}

function Test-Member($Path, $Certificate) {
    foreach ($member in $Path) { if (Test-Same $member $Certificate) { return $true } }
    $false
}

function Select-Better($One, $Other) {
    if ($null -eq $One -or ($Other.Trusted -and -not ($One.Trusted -and $One.Timely))) { $Other } else { $One }
}

# Whatever is given as a CA certificate is one, and need not be a root.
function Test-Trust($Path) {
    $anchor = $Path[-1]
    $chain = [Security.Cryptography.X509Certificates.X509Chain]::new()
    $chain.ChainPolicy = New-ChainPolicy @($anchor)
    foreach ($certificate in $Path) { $null = $chain.ChainPolicy.ExtraStore.Add($certificate) }
    $null = $chain.Build($Path[0])
    $strange = $false
    foreach ($element in $chain.ChainElements) { if (-not (Test-Member $Path $element.Certificate)) { $strange = $true } }
    if ($strange) {
        $problems = @(Get-PathProblem $Path) | Select-Unique
        $trusted = -not $problems
    }
    else {
        $problems = @(foreach ($status in $chain.ChainStatus) { [string]$status.Status }) | Select-Unique | Skip-Untimely
        $trusted = -not $problems -or ([string]$problems -eq 'PartialChain' -and (Test-Same $chain.ChainElements[$chain.ChainElements.get_Count() - 1].Certificate $anchor))
    }
    $timely = $true
    foreach ($certificate in $Path) { if (-not (Test-Time $certificate)) { $timely = $false } }
    @{ Trusted = $trusted; Timely = $timely; Anchor = $anchor; Problems = $trusted ? @() : @($problems) }
}

# What is wrong with a chain, by its certificates alone. The platform takes a certificate of the user's own stores for an issuer of
# the same name; this does not. What it does not understand it refuses.
function Get-PathProblem($Path) {
    try {
        $below = 0
        for ($i = 0; $i -lt $Path.Length; $i++) {
            $limits = $usage = $purposes = $null
            foreach ($extension in $Path[$i].Extensions) {
                if ($extension.Oid.Value -eq '2.5.29.30') { 'HasNotSupportedNameConstraint' }
                if ($extension.Critical -and $extension.Oid.Value -notin '2.5.29.19', '2.5.29.15', '2.5.29.37', '2.5.29.17', '2.5.29.14', '2.5.29.35') { 'HasNotSupportedCriticalExtension' }
                if ($extension -is [Security.Cryptography.X509Certificates.X509BasicConstraintsExtension]) { $limits = $extension }
                if ($extension -is [Security.Cryptography.X509Certificates.X509KeyUsageExtension]) { $usage = $extension }
                if ($extension -is [Security.Cryptography.X509Certificates.X509EnhancedKeyUsageExtension]) { $purposes = @(foreach ($purpose in $extension.EnhancedKeyUsages) { $purpose.Value }) }
            }
            if ($null -ne $purposes -and '1.3.6.1.5.5.7.3.1' -notin $purposes) { 'NotValidForUsage' }
            if ($i -eq 0) { continue }
            if (-not ($limits ? $limits.CertificateAuthority : ($i -eq $Path.Length - 1 -and $Path[$i].Version -lt 3)) -or
                ($limits.HasPathLengthConstraint -and $below -gt $limits.PathLengthConstraint) -or
                ($usage -and -not ($usage.KeyUsages -band 'KeyCertSign'))) { 'InvalidBasicConstraints' }
            if (-not (Test-SignedBy $Path[$i - 1] $Path[$i])) { 'NotSignatureValid' }
            if ([Convert]::ToHexString($Path[$i].SubjectName.RawData) -ne [Convert]::ToHexString($Path[$i].IssuerName.RawData)) { $below++ }
        }
    }
    catch [Security.Cryptography.CryptographicException] { 'InvalidExtension' }
}

# Whether a certificate was signed with the key of another (RFC 5280, section 4.1.1).
function Test-SignedBy($Certificate, $Issuer) {
    $hashes = @{
        '1.2.840.113549.1.1.11' = 'SHA256'; '1.2.840.113549.1.1.12' = 'SHA384'; '1.2.840.113549.1.1.13' = 'SHA512'
        '1.2.840.10045.4.3.2' = 'SHA256'; '1.2.840.10045.4.3.3' = 'SHA384'; '1.2.840.10045.4.3.4' = 'SHA512'
        '2.16.840.1.101.3.4.2.1' = 'SHA256'; '2.16.840.1.101.3.4.2.2' = 'SHA384'; '2.16.840.1.101.3.4.2.3' = 'SHA512'
    }
    try {
        $parts = [Formats.Asn1.AsnReader]::new($Certificate.RawData, 'DER').ReadSequence()
        $signed = $parts.ReadEncodedValue().ToArray()
        $algorithm = $parts.ReadSequence()
        $unused = 0
        $signature = $parts.ReadBitString([ref]$unused)
        $name, $padding = $algorithm.ReadObjectIdentifier(), [Security.Cryptography.RSASignaturePadding]::Pkcs1
        if ($name -eq '1.2.840.113549.1.1.10') {
            # RSASSA-PSS (RFC 4055): the hash is in the first field; without it, it is SHA-1, which proves nothing today.
            $parameters, $first = $algorithm.ReadSequence(), [Formats.Asn1.Asn1Tag]::new('ContextSpecific', 0, $true)
            if (-not $parameters.HasData -or $parameters.PeekTag() -ne $first) { return $false }
            $name, $padding = $parameters.ReadSequence($first).ReadSequence().ReadObjectIdentifier(), [Security.Cryptography.RSASignaturePadding]::Pss
        }
        if (-not $hashes[$name]) { return $false }
        $hash = [Security.Cryptography.HashAlgorithmName]::new($hashes[$name])
        $rsa = [Security.Cryptography.X509Certificates.RSACertificateExtensions]::GetRSAPublicKey($Issuer)
        if ($rsa) { return $rsa.VerifyData($signed, $signature, $hash, $padding) }
        $curve = [Security.Cryptography.X509Certificates.ECDsaCertificateExtensions]::GetECDsaPublicKey($Issuer)
        return $null -ne $curve -and $curve.VerifyData($signed, $signature, $hash, 'Rfc3279DerSequence')
    }
    # What cannot be read proves nothing.
    catch [Formats.Asn1.AsnContentException], [Security.Cryptography.CryptographicException] { return $false }
}

function New-ChainPolicy($Authorities) {
    $policy = [Security.Cryptography.X509Certificates.X509ChainPolicy]::new()
    $policy.TrustMode = 'CustomRootTrust'
    $policy.RevocationMode = 'NoCheck'
    $policy.DisableCertificateDownloads = $true
    foreach ($certificate in $Authorities) { $null = $policy.CustomTrustStore.Add($certificate) }
    $null = $policy.ApplicationPolicy.Add([Security.Cryptography.Oid]::new('1.3.6.1.5.5.7.3.1'))
    $policy
}

# ---- The server -------------------------------------------------------------------------------------------------------

# Accepts what the platform accepts, and the very certificate that was judged before. Compiled, for no script can run on
# the threads on which connections are made.
function New-Callback($Leaf) {
    $parameters = [Linq.Expressions.ParameterExpression[]]@(
        [Linq.Expressions.Expression]::Parameter([object])
        [Linq.Expressions.Expression]::Parameter([Security.Cryptography.X509Certificates.X509Certificate])
        [Linq.Expressions.Expression]::Parameter([Security.Cryptography.X509Certificates.X509Chain])
        [Linq.Expressions.Expression]::Parameter([Net.Security.SslPolicyErrors])
    )
    $method = [Security.Cryptography.X509Certificates.X509Certificate].GetMethod('GetCertHashString', [Type[]]@([Security.Cryptography.HashAlgorithmName]))
    $sha = [Linq.Expressions.Expression]::Constant([Security.Cryptography.HashAlgorithmName]::SHA256)
    $shown = [Linq.Expressions.Expression]::Call($parameters[1], $method, [Linq.Expressions.Expression[]]@($sha))
    $same = [Linq.Expressions.Expression]::Equal($shown, [Linq.Expressions.Expression]::Constant($Leaf.GetCertHashString('SHA256')))
    $well = [Linq.Expressions.Expression]::Equal($parameters[3], [Linq.Expressions.Expression]::Constant([Net.Security.SslPolicyErrors]::None))
    [Linq.Expressions.Expression]::Lambda([Net.Security.RemoteCertificateValidationCallback], [Linq.Expressions.Expression]::OrElse($well, $same), $parameters).Compile()
}

# No proxy, no redirects, no retries: what happens is evidence.
function New-Client([Uri] $Url, $Trust) {
    $handler = [Net.Http.SocketsHttpHandler]::new()
    $handler.UseProxy = $handler.UseCookies = $handler.AllowAutoRedirect = $false
    $handler.SslOptions.CertificateChainPolicy = New-ChainPolicy @($Trust.Anchor)
    $handler.SslOptions.RemoteCertificateValidationCallback = New-Callback $Trust.Leaf
    $client = [Net.Http.HttpClient]::new($handler)
    $client.BaseAddress = $Url
    $client.Timeout = [Threading.Timeout]::InfiniteTimeSpan
    $client.MaxResponseContentBufferSize = $longestBody
    $client
}

# What a refusal says that is no answer of Kubernetes, such as a proxy's page; nothing where it looks as if it held a token.
function Get-ForeignText($Object, [string] $Text) {
    if ($Object) {
        $words = foreach ($name in 'error_description', 'error', 'detail', 'title') { if (Get-Text $Object $name) { Get-Text $Object $name; break } }
    }
    elseif ($Text.TrimStart().StartsWith('<')) {
        $read = $Text -replace '(?is)<(script|style)\b.*?(</\1>|\z)|<!--.*?(-->|\z)', ' ' -replace '<[^>]*>?', ' '
        $words = [Net.WebUtility]::HtmlDecode($read) -replace '\s+', ' '
    }
    else { $words = $Text }
    if (-not $words -or $words -match 'eyJ|bearer |authorization:') { return $null }
    $words = $words.Trim()
    $words.Length -le 400 ? $words : $words.Substring(0, 400) + ' ...'
}

function Send-Request($Client, [string] $Method, [string] $Path, [string] $Token, [string] $Body, [string] $Accept = 'application/json') {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $evidence = [ordered]@{ method = $Method; path = $Path; outcome = 'Done' }
    $object, $bytes = $null, [byte[]]@()
    try {
        $request = [Net.Http.HttpRequestMessage]::new([Net.Http.HttpMethod]::new($Method), $Path)
        $request.Headers.Accept.ParseAdd($Accept)
        $null = $request.Headers.TryAddWithoutValidation('User-Agent', 'KubeSa-probe')
        if ($Token) { $request.Headers.Authorization = [Net.Http.Headers.AuthenticationHeaderValue]::new('Bearer', $Token) }
        if ($Body) { $request.Content = [Net.Http.StringContent]::new($Body, [Text.Encoding]::UTF8, 'application/json') }
        $response = $Client.SendAsync($request, $deadline.Token).GetAwaiter().GetResult()
        $bytes = $response.Content.ReadAsByteArrayAsync($deadline.Token).GetAwaiter().GetResult()
        $object = ConvertFrom-JsonObject $bytes
        $message = Get-Text $object 'message'
        if (-not $message -and [int]$response.StatusCode -in 401, 403) { $message = Get-ForeignText $object ([Text.Encoding]::UTF8.GetString($bytes)) }
        $retry = $response.Headers.RetryAfter
        $evidence.status = [int]$response.StatusCode
        $evidence.contentType = $response.Content.Headers.ContentType ? $response.Content.Headers.ContentType.MediaType : $null
        $evidence.kind = Get-Text $object 'kind'
        $evidence.reason = Get-Text $object 'reason'
        $evidence.message = $message ? $message.Substring(0, [Math]::Min($message.Length, $longestMessage)) : $message
        $evidence.retryAfter = $retry ? ($null -ne $retry.Delta ? $retry.Delta : $retry.Date - [DateTimeOffset]::UtcNow) : $null
        $evidence.date = $response.Headers.Date
    }
    catch { $evidence.outcome, $evidence.error = Get-Outcome $_.Exception }
    $evidence.elapsed = $watch.Elapsed
    @{ Evidence = $evidence; Object = $object; Text = [Text.Encoding]::UTF8.GetString($bytes); Succeeded = $evidence.status -ge 200 -and $evidence.status -lt 300 }
}

# How many objects an answer holds; null where it is no list.
function Get-ItemCount($Exchange) {
    $items = $Exchange.Succeeded ? (Get-Field $Exchange.Object 'items') : $null
    if ($null -eq $items) { return $null }
    if ($items.ValueKind -eq 'Array') { return $items.GetArrayLength() }
    if ($items.ValueKind -eq 'Null') { 0 }
}

# A server may have a resource in another version of its group than the preferred one alone, as Kubernetes 1.20 has CronJobs.
function Find-Version($Client, [string] $Token, [string] $Name, [string] $Group, [string] $Preferred, $Versions) {
    if ($null -eq $Versions -or $Versions.ValueKind -ne 'Array' -or $Versions.GetArrayLength() -lt 2) { return $Preferred }
    $all = @($Preferred) + @($Versions.EnumerateArray() | ForEach-Object { Get-Text $_ 'version' } | Where-Object { $_ -ne $Preferred })
    foreach ($version in $all) {
        $list = Send-Request $Client 'GET' ('/apis/' + [Uri]::EscapeDataString($Group) + '/' + [Uri]::EscapeDataString($version)) $Token
        $resources = $list.Succeeded ? (Get-Field $list.Object 'resources') : $null
        if ($null -eq $resources -or $resources.ValueKind -ne 'Array') { continue }
        foreach ($resource in $resources.EnumerateArray()) { if ((Get-Text $resource 'name') -eq $Name) { return $version } }
    }
    $Preferred
}

# One object and the server's word for how many more there are will do; only where it does not say, all pages are read.
function Get-List($Client, [string] $Token, [string] $Name, [string] $Group) {
    $root = '/api/v1'
    if ($Group) {
        $about = Send-Request $Client 'GET' ('/apis/' + [Uri]::EscapeDataString($Group)) $Token
        $version = Get-Text (Get-Field $about.Object 'preferredVersion') 'version'
        if (-not $version) { return [ordered]@{ answer = $about.Evidence } }
        $version = Find-Version $Client $Token $Name $Group $version (Get-Field $about.Object 'versions')
        $root = '/apis/' + [Uri]::EscapeDataString($Group) + '/' + [Uri]::EscapeDataString($version)
    }
    $path = $root + ($Namespace ? '/namespaces/' + [Uri]::EscapeDataString($Namespace) : '') + '/' + [Uri]::EscapeDataString($Name)
    $page = Send-Request $Client 'GET' ($path + '?limit=1') $Token
    $count = Get-ItemCount $page
    $metadata = Get-Field $page.Object 'metadata'
    if ($null -eq $count -or -not (Get-Text $metadata 'continue')) { return [ordered]@{ answer = $page.Evidence; itemCount = $count } }

    $more = Get-Field $metadata 'remainingItemCount'
    $remaining = 0
    if ($null -ne $more -and $more.ValueKind -eq 'Number' -and $more.TryGetInt32([ref]$remaining)) {
        return [ordered]@{ answer = $page.Evidence; itemCount = $count + $remaining }
    }
    $answer, $total, $next = $page.Evidence, 0, ''
    do {
        $page = Send-Request $Client 'GET' ($path + '?limit=500' + ($next ? '&continue=' + [Uri]::EscapeDataString($next) : '')) $Token
        $count = Get-ItemCount $page
        # That the first pages came is proof enough; the number alone stays open.
        if ($null -eq $count) { return [ordered]@{ answer = $answer; itemCount = [Math]::Max(1, $total); incomplete = $true } }
        $answer, $total, $next = $page.Evidence, ($total + $count), (Get-Text (Get-Field $page.Object 'metadata') 'continue')
    } while ($next)
    [ordered]@{ answer = $answer; itemCount = $total }
}

function Get-Rights($Client, [string] $Token, [string] $Name, [string] $Group, [string] $Subresource) {
    $body = ConvertTo-JsonText ([ordered]@{
            apiVersion = 'authorization.k8s.io/v1'
            kind       = 'SelfSubjectAccessReview'
            spec       = @{ resourceAttributes = [ordered]@{ verb = $Verb; resource = $Name; group = $Group; subresource = $Subresource; namespace = $Namespace } }
        })
    $asked = Send-Request $Client 'POST' '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews' $Token $body
    $status = Get-Field $asked.Object 'status'
    $allowed = Get-Field $status 'allowed'
    [ordered]@{
        answer  = $asked.Evidence
        allowed = $asked.Succeeded -and $null -ne $status ? ($null -ne $allowed -and $allowed.ValueKind -eq 'True') : $null
        reason  = Get-Text $status 'reason'
    }
}

# The checks of the server's own that fail: lines of text, as kubelets and load balancers read them.
function Add-Readiness($Client, $Server) {
    $asked = Send-Request $Client 'GET' '/readyz'
    $Server.readiness = $asked.Evidence
    $failed = @(foreach ($line in $asked.Text.Split("`n")) { if ($line.StartsWith('[-]')) { $line.Substring(3).Split(' ')[0] } })
    $Server.notReady = @(if ($failed) { $failed[0..[Math]::Min(19, $failed.Length - 1)] })
}

# Whether a key of a JWKS (RFC 7517) verifies the signature of a token (RFC 7518, section 3).
function Test-Signature($Key, [string] $Algorithm, [string] $Token) {
    $parts = $Token.Split('.')
    $signed, $signature = [Text.Encoding]::ASCII.GetBytes($parts[0] + '.' + $parts[1]), (ConvertFrom-Base64Url $parts[2])
    $hash = [Security.Cryptography.HashAlgorithmName]::new('SHA' + $Algorithm.Substring(2))
    try {
        if ((Get-Text $Key 'kty') -ceq 'RSA' -and $Algorithm -cmatch '^[RP]S(256|384|512)\z') {
            $numbers = [Security.Cryptography.RSAParameters]@{ Modulus = ConvertFrom-Base64Url (Get-Text $Key 'n'); Exponent = ConvertFrom-Base64Url (Get-Text $Key 'e') }
            $padding = $Algorithm[0] -ceq 'P' ? [Security.Cryptography.RSASignaturePadding]::Pss : [Security.Cryptography.RSASignaturePadding]::Pkcs1
            return [Security.Cryptography.RSA]::Create($numbers).VerifyData($signed, $signature, $hash, $padding)
        }
        if ((Get-Text $Key 'kty') -ceq 'EC' -and $Algorithm -cmatch '^ES(256|384|512)\z') {
            $point = [Security.Cryptography.ECPoint]@{ X = ConvertFrom-Base64Url (Get-Text $Key 'x'); Y = ConvertFrom-Base64Url (Get-Text $Key 'y') }
            $curve = [Security.Cryptography.ECCurve]::CreateFromFriendlyName('nist' + (Get-Text $Key 'crv').Replace('-', ''))
            return [Security.Cryptography.ECDsa]::Create([Security.Cryptography.ECParameters]@{ Curve = $curve; Q = $point }).VerifyData($signed, $signature, $hash)
        }
    }
    catch [FormatException], [Security.Cryptography.CryptographicException] { return $false }
    $false
}

# How many bytes a key makes a signature long (RFC 7518, section 3), or nothing where it cannot be used.
function Get-SignatureLength($Key, [string] $Algorithm) {
    try {
        if ((Get-Text $Key 'kty') -ceq 'RSA' -and $Algorithm -cmatch '^[RP]S\d') { return (ConvertFrom-Base64Url (Get-Text $Key 'n')).Length }
    }
    catch [FormatException] { return $null }
    @{ ES256 = 64; ES384 = 96; ES512 = 132 }[$Algorithm]
}

# The keys of a server that refuses the token, where it shows them to strangers.
function Get-Keys($Client, [string] $Token, $Info) {
    $asked = Send-Request $Client 'GET' '/openid/v1/jwks' -Accept '*/*'
    $keys = $asked.Succeeded ? (Get-Field $asked.Object 'keys') : $null
    if ($null -eq $keys -or $keys.ValueKind -ne 'Array' -or $keys.GetArrayLength() -eq 0) { return [ordered]@{ answer = $asked.Evidence } }
    $ids = @(foreach ($key in $keys.EnumerateArray()) { Get-Text $key 'kid' })
    $named = foreach ($key in $keys.EnumerateArray()) { if ($null -ne $Info.keyId -and (Get-Text $key 'kid') -ceq $Info.keyId) { $key; break } }
    $good = foreach ($key in $keys.EnumerateArray()) { if (Test-Signature $key ([string]$Info.algorithm) $Token) { $key; break } }
    [ordered]@{
        answer    = $asked.Evidence
        signature = [ordered]@{
            serverKeyIds    = $ids
            tokenKeyId      = $Info.keyId
            keyIdKnown      = $null -eq $Info.keyId ? $null : $Info.keyId -cin $ids
            algorithm       = $Info.algorithm
            verified        = $null -ne $good
            verifiedByKeyId = Get-Text $good 'kid'
            bytes           = [int][Math]::Floor($Token.Split('.')[2].Length * 3 / 4)
            expectedBytes   = $null -eq $named ? $null : (Get-SignatureLength $named ([string]$Info.algorithm))
        }
    }
}

# ---- All of it --------------------------------------------------------------------------------------------------------

$tokenFile = Read-MountFile ([IO.Path]::Combine($Mount, 'token'))
$namespaceFile = Read-MountFile ([IO.Path]::Combine($Mount, 'namespace'))
$caFile = Read-MountFile ([IO.Path]::Combine($Mount, 'ca.crt'))
$info = $tokenFile.Text -and -not $tokenFile.Evidence.empty ? (Get-TokenInfo (Get-TokenText $tokenFile.Text)) : $null
$token = $info ? (Get-TokenText $tokenFile.Text) : ''
if ($tokenFile.Text) { Add-Secret (Get-TokenText $tokenFile.Text) }
[Security.Cryptography.X509Certificates.X509Certificate2[]] $authorities = @(
    foreach ($block in [regex]::Matches([string]$caFile.Text, '-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----')) {
        try { [Security.Cryptography.X509Certificates.X509Certificate2]::new([Convert]::FromBase64String($block.Groups[1].Value)) }
        catch { continue }
    }
)
# Those that were cut short or overwritten count, too, so beginnings are what is counted.
$broken = [Math]::Max(0, [regex]::Matches([string]$caFile.Text, '-----BEGIN CERTIFICATE-----').get_Count() - $authorities.Length)
$server = Find-Server
$evidence = [ordered]@{
    question             = [ordered]@{ mountPath = $Mount; verb = $Verb; resource = $Resource; namespace = $Namespace ? $Namespace : $null; timeout = [TimeSpan]::FromSeconds($Timeout) }
    clock                = [DateTimeOffset]::UtcNow
    environment          = $server.Evidence
    mount                = Get-MountEvidence
    token                = [ordered]@{
        file           = $tokenFile.Evidence
        info           = $info
        signatureBytes = $info -and $token.Split('.').Length -eq 3 ? [int][Math]::Floor($token.Split('.')[2].Length * 3 / 4) : $null
        hasScheme      = $null -ne $info -and $tokenFile.Text -match '^[\s\uFEFF]*bearer\s'
        problem        = $tokenFile.Text -and -not $tokenFile.Evidence.empty -and -not $info ? 'It is no JSON Web Token (RFC 7519).' : $null
    }
    namespace            = [ordered]@{ file = $namespaceFile.Evidence; value = $namespaceFile.Text -and $namespaceFile.Text.Trim() ? $namespaceFile.Text.Trim() : $null }
    certificateAuthority = [ordered]@{ file = $caFile.Evidence; certificates = @(foreach ($authority in $authorities) { Get-CertificateFacts $authority }); broken = $broken }
}

# From here on: a pod with little CPU takes its time to get as far as this.
$deadline = [Threading.CancellationTokenSource]::new([TimeSpan]::FromSeconds($Timeout))
$started = [Diagnostics.Stopwatch]::StartNew()
$way = $server.Url ? (Connect-Server $server.Url) : @{}
$evidence.network = $way.Evidence
if ($way.Socket) {
    $trust = Test-Tls $way.Socket $server.Url.IdnHost $authorities
    $evidence.tls = $trust.Evidence
}
if ($evidence.tls.trusted -and $evidence.tls.nameMatches -and $evidence.tls.validNow) {
    $whole, $subresource = $Resource.Split('/', 2)
    $name, $group = $whole.Split('.', 2)
    $client = New-Client $server.Url $trust
    $version = Send-Request $client 'GET' '/version'
    $evidence.server = [ordered]@{ answer = $version.Evidence; gitVersion = Get-Text $version.Object 'gitVersion' }
    if ($token -and $Verb -eq 'list' -and -not $subresource) { $evidence.request = Get-List $client $token $name $group }

    # A list that succeeds or is refused says all about the token and its rights. Only what fails is asked about further.
    if ($token -and $evidence.request.answer.status -notin 200, 401, 403) { $evidence.authorization = Get-Rights $client $token $name $group $subresource }
    $answer = $evidence.request ? $evidence.request.answer : $evidence.authorization.answer
    if ($token -and ($answer.status -lt 200 -or $answer.status -ge 300)) {
        if ($answer.status -eq 401) { $evidence['keys'] = Get-Keys $client $token $info }
        Add-Readiness $client $evidence.server
    }
    $client.Dispose()
}

'-----BEGIN KUBESA EVIDENCE-----'
ConvertTo-JsonText ([ordered]@{ schema = 'kubesa.evidence/1'; evidence = $evidence })
'-----END KUBESA EVIDENCE-----'
