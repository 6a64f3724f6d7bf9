using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using KubeSa.Api;
using KubeSa.Completion;

namespace KubeSa.Cmdlets;

/// <summary>Sends a request to any path of the API server, with the connection's credentials, and gives what it answers as objects.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "KubeRestMethod", HelpUri = HelpPages.Folder + "Invoke-KubeRestMethod.md", SupportsShouldProcess = true)]
[OutputType(typeof(PSObject), typeof(string))]
public sealed class InvokeKubeRestMethodCommand : KubeApiCmdlet
{
    private const string TypeName = "KubeSa.RestAnswer";
    private const string Json = "application/json";
    private const string Yaml = "application/yaml";
    private const string Apply = "application/apply-patch+yaml";
    private const string Patching = "PATCH";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// The path at the API server, with a query or without: /api/v1/namespaces/team-a/pods, /apis/apps/v1/deployments, /version.
    /// Never that of another host: a URL, a second slash at the beginning and '..' are the error InvalidRequest.
    /// </summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true)]
    [Alias("Uri")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Path { get; set; } = string.Empty;

    /// <summary>The method of HTTP; GET where this is left out. All but GET and HEAD are asked about by -WhatIf and -Confirm.</summary>
    [Parameter]
    [ValidateSet("GET", "POST", "PUT", Patching, "DELETE", "HEAD", "OPTIONS")]
    public string Method { get; set; } = "GET";

    /// <summary>What to send: a hashtable, an object, a list of such, or JSON or YAML text.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public object? Body { get; set; }

    /// <summary>
    /// The media type of the body, or a short name for one: json, yaml; for a PATCH merge (which it is where this is left out),
    /// strategic, json or apply.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? ContentType { get; set; }

    /// <summary>What to add to the query: <c>@{ labelSelector = 'app=web'; limit = 10 }</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public IDictionary? Query { get; set; }

    /// <summary>Who the server shall say owns the fields that are changed; "kubesa" for a server-side apply that does not say.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? FieldManager { get; set; }

    /// <summary>Let the server do all but keep the change.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <summary>Take fields over in a server-side apply that another manager owns.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// How long the answer may be, in bytes: 512MB. Where this is left out it is 128 MB, which no page of a list reaches; what is
    /// longer is the error ProtocolError, so that no server fills the memory.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 1024 * 1024 * 1024)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public int MaximumSize { get; set; }

    /// <summary>Output the body as it came: as one text, or as bytes where it is none.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    private protected override void Process()
    {
        var cluster = Cluster;
        var method = Method.ToUpperInvariant();
        var body = BodyBytes(method, out var type);
        var request = new RestRequest(method, FullPath(type)) { Body = body, ContentType = type, MaximumSize = MaximumSize > 0 ? MaximumSize : null };
        if (method is "GET" or "HEAD" or "OPTIONS" || ShouldProcess(cluster, Path, method))
        {
            Write(Await(call => cluster.Api.SendAsync(request, call)));
        }
    }

    private string FullPath(string type)
    {
        KubeName.RefuseOption(Path);
        var path = new StringBuilder(Path.StartsWith('/') || Path.Contains(':', StringComparison.Ordinal) ? Path : $"/{Path}");
        foreach (DictionaryEntry entry in Query ?? new Hashtable())
        {
            foreach (var value in entry.Value is IEnumerable and not string ? ((IEnumerable)entry.Value).Cast<object?>() : [entry.Value])
            {
                Add(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, value is bool flag ? flag ? "true" : "false" : Convert.ToString(value is PSObject wrapped ? wrapped.BaseObject : value, CultureInfo.InvariantCulture));
            }
        }

        Add("fieldManager", FieldManager ?? (type == Apply ? "kubesa" : null));
        Add("dryRun", DryRun ? "All" : null);
        Add("force", Force ? "true" : null);
        var full = path.ToString();
        return full.Contains('?', StringComparison.Ordinal) && HasEndless(full.Split('?', 2)[1])
            ? throw new KubeApiException(FailureKind.InvalidRequest, $"'{Path}' asks for an answer that does not end (watch or follow), and only whole answers are read here.", Path)
            : full;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                path.Append(path.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?').Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
            }
        }
    }

    private static bool HasEndless(string query) => query.Split('&').Select(part => part.Split('=', 2)).Any(part =>
        part[0] is "watch" or "follow" && (part.Length == 1 || part[1] is "" or "1" || part[1].Equals("true", StringComparison.OrdinalIgnoreCase)));

    private byte[]? BodyBytes(string method, out string type)
    {
        var text = (Body is PSObject wrapped ? wrapped.BaseObject : Body) as string;
        var isYaml = text is not null && !JsonBody.IsJson(text);
        type = MediaType(method, isYaml);
        if (isYaml && type is not (Yaml or Apply) && ContentType?.Contains('/', StringComparison.Ordinal) != true)
        {
            throw new KubeApiException(
                FailureKind.InvalidRequest, $"The body is not JSON, and servers take only JSON for {type}. Give -Body a hashtable, an object or JSON text; -ContentType apply takes YAML.", Path);
        }

        return Body is null ? null : text is null ? JsonBody.Of(Body) : JsonBody.Utf8(text);
    }

    private string MediaType(string method, bool isYaml) => (ContentType?.ToLowerInvariant(), method) switch
    {
        (null, Patching) or ("merge", _) => "application/merge-patch+json",
        ("strategic", _) => "application/strategic-merge-patch+json",
        ("json", Patching) => "application/json-patch+json",
        ("apply", _) => Apply,
        ("yaml", _) => Yaml,
        ("json", _) => Json,
        (null, _) => isYaml ? Yaml : Json,
        var (given, _) when System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(given, out _) => ContentType!,
        _ => throw new KubeApiException(FailureKind.InvalidRequest, $"'{ContentType}' is not a media type. Write json, yaml, merge, strategic or apply, or a media type in full.", Path),
    };

    private void Write(RestAnswer answer)
    {
        if (Raw)
        {
            WriteObject(TextOf(answer.Body) is { } whole ? whole : answer.Body);
        }
        else if (answer.Body.Length == 0)
        {
            return;
        }
        else if (answer.ContentType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) == true)
        {
            WriteJson(answer.Body);
        }
        else if (TextOf(answer.Body) is { } text)
        {
            using var lines = new StringReader(text);
            while (lines.ReadLine() is { } line)
            {
                WriteObject(ShownValue.OfText(line));
            }
        }
        else
        {
            WriteObject(answer.Body);
        }
    }

    private void WriteJson(byte[] body)
    {
        try
        {
            WriteObject(Named(JsonTree.Read(body)));
        }
        catch (JsonException)
        {
            throw new KubeApiException(FailureKind.ProtocolError, $"The server says that it sends JSON for '{Path}', and it is not. -Raw shows what it is.", Path);
        }
    }

    /// <summary>Names the objects, and those of a list, for their views: what they hold is as the server sent it.</summary>
    private static object? Named(object? answer)
    {
        switch (answer)
        {
            case PSObject { BaseObject: PSCustomObject } made:
                RestAnswerProperties.Prepare(made).TypeNames.Insert(0, TypeName);
                foreach (var item in (made.Properties["items"]?.Value as object?[] ?? []).OfType<PSObject>())
                {
                    RestAnswerProperties.Prepare(item).TypeNames.Insert(0, TypeName);
                }

                return made;
            case object?[] items:
                return Array.ConvertAll(items, Named);
            case string text:
                return ShownValue.OfText(text);
            default:
                return answer;
        }
    }

    private static string? TextOf(byte[] body)
    {
        try
        {
            return Strict.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
