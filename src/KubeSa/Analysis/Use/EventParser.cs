using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace KubeSa.Analysis.Use;

/// <summary>
/// Reads one audit event from its bytes, without building a tree of it: bodies of requests and answers, which may be megabytes,
/// are stepped over. One for each thread, because it keeps the texts that come again.
/// </summary>
internal sealed class EventParser
{
    private const int LongestText = 4096;
    private readonly EventTextPool _texts = new();
    private readonly Dictionary<ulong, string> _bindings = [];
    private byte[] _unescaped = new byte[LongestText];
    private byte[] _plain = new byte[LongestText];

    /// <summary>The event read last.</summary>
    internal AuditEvent Event { get; } = new();

    /// <summary>
    /// Reads the object at which the reader stands, up to its end; whether it is an audit event. Throws JsonException where the
    /// text is damaged.
    /// </summary>
    internal bool Read(ref Utf8JsonReader reader)
    {
        var found = Event;
        found.Clear();
        ReadOnlySpan<byte> uri = [];
        var isUriEscaped = false;
        var hasId = false;
        var constraint = string.Empty;
        while (Next(ref reader))
        {
            var field = reader.ValueSpan;
            Value(ref reader);
            switch (field.Length)
            {
                case 4 when field.SequenceEqual("kind"u8):
                    found.Kind = Text(ref reader).Text;
                    break;
                case 4 when field.SequenceEqual("verb"u8):
                    found.Verb = Text(ref reader);
                    break;
                case 4 when field.SequenceEqual("user"u8):
                    ReadUser(ref reader);
                    break;
                case 5 when field.SequenceEqual("level"u8):
                    found.Level = Text(ref reader);
                    break;
                case 5 when field.SequenceEqual("stage"u8):
                    found.Stage = Text(ref reader);
                    break;
                case 7 when field.SequenceEqual("auditID"u8) && reader.TokenType == JsonTokenType.String:
                    hasId = ReadId(ref reader);
                    break;
                case 9 when field.SequenceEqual("userAgent"u8):
                    found.Agent = Text(ref reader);
                    break;
                case 9 when field.SequenceEqual("objectRef"u8):
                    ReadObject(ref reader);
                    break;
                case 10 when field.SequenceEqual("apiVersion"u8):
                    found.ApiVersion = Text(ref reader).Text;
                    break;
                case 10 when field.SequenceEqual("requestURI"u8) && reader.TokenType == JsonTokenType.String:
                    uri = reader.ValueSpan;
                    isUriEscaped = reader.ValueIsEscaped;
                    break;
                case 11 when field.SequenceEqual("annotations"u8):
                    ReadAnnotations(ref reader);
                    break;
                case 14 when field.SequenceEqual("responseStatus"u8):
                    ReadStatus(ref reader);
                    break;
                case 16 when field.SequenceEqual("impersonatedUser"u8):
                    found.Impersonated = ReadImpersonated(ref reader);
                    break;
                case 22 when field.SequenceEqual("authenticationMetadata"u8):
                    constraint = ReadConstraint(ref reader);
                    break;
                case 24 when field.SequenceEqual("requestReceivedTimestamp"u8) && reader.TokenType == JsonTokenType.String:
                    found.Ticks = EventTime.Ticks(reader.ValueSpan);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        Complete(found, uri, isUriEscaped, constraint);
        return hasId && found.Stage.Text.Length > 0 && found.Kind is "" or "Event";
    }

    private void Complete(AuditEvent found, ReadOnlySpan<byte> uri, bool isUriEscaped, string constraint)
    {
        var query = uri.IndexOf((byte)'?');
        var path = query < 0 ? uri : uri[..query];
        if (!found.HasObject)
        {
            found.Path = path.Length > LongestText ? PooledText.Empty : _texts.Get(isUriEscaped ? Unescape(path) : path);
        }

        // For a resource the server reads HEAD as get; on a path the rule must say head.
        if (found.HasObject && found.Verb.Text is "head")
        {
            found.Verb = _texts.Get("get"u8);
        }

        if (constraint.Length > 0 && found.Impersonated is { } other)
        {
            found.Impersonated = other with { Constraint = constraint };
        }

        if (found.Id != 0)
        {
            // A client may choose the id itself, and must not hide one request behind another.
            found.Id = ByteHash.Of(path, ByteHash.Mix(found.Id ^ found.User.Hash, found.Verb.Hash | 1));
        }
    }

    private void ReadUser(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (Next(ref reader))
        {
            var field = reader.ValueSpan;
            Value(ref reader);
            if (field.SequenceEqual("username"u8))
            {
                Event.User = Text(ref reader);
            }
            else if (field.SequenceEqual("extra"u8) && reader.TokenType == JsonTokenType.StartObject)
            {
                while (Next(ref reader))
                {
                    var key = reader.ValueSpan;
                    Value(ref reader);
                    if (key.SequenceEqual("authentication.kubernetes.io/pod-name"u8))
                    {
                        Event.Pod = FirstOf(ref reader);
                    }
                    else if (key.SequenceEqual("authentication.kubernetes.io/node-name"u8))
                    {
                        Event.Node = FirstOf(ref reader);
                    }
                    else
                    {
                        reader.Skip();
                    }
                }
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private ImpersonatedUser? ReadImpersonated(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        var (name, uid) = (string.Empty, string.Empty);
        var groups = new List<string>();
        var extra = new List<KeyValuePair<string, string>>();
        while (Next(ref reader))
        {
            var field = reader.ValueSpan;
            Value(ref reader);
            if (field.SequenceEqual("username"u8))
            {
                name = Text(ref reader).Text;
            }
            else if (field.SequenceEqual("uid"u8))
            {
                uid = Text(ref reader).Text;
            }
            else if (field.SequenceEqual("groups"u8))
            {
                ReadTexts(ref reader, groups.Add);
            }
            else if (field.SequenceEqual("extra"u8) && reader.TokenType == JsonTokenType.StartObject)
            {
                while (Next(ref reader))
                {
                    var key = _texts.Get(reader.ValueIsEscaped ? Unescape(reader.ValueSpan) : reader.ValueSpan).Text;
                    Value(ref reader);
                    ReadTexts(ref reader, value => extra.Add(new KeyValuePair<string, string>(key, value)));
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return name.Length == 0 ? null : new ImpersonatedUser(name, uid, groups, extra);
    }

    private void ReadObject(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (Next(ref reader))
        {
            var field = reader.ValueSpan;
            Value(ref reader);
            switch (field.Length)
            {
                case 4 when field.SequenceEqual("name"u8):
                    Event.Name = Text(ref reader);
                    break;
                case 8 when field.SequenceEqual("resource"u8):
                    Event.Resource = Text(ref reader);
                    break;
                case 8 when field.SequenceEqual("apiGroup"u8):
                    Event.Group = Text(ref reader);
                    break;
                case 9 when field.SequenceEqual("namespace"u8):
                    Event.Namespace = Text(ref reader);
                    break;
                case 11 when field.SequenceEqual("subresource"u8):
                    Event.Subresource = Text(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        Event.HasObject = Event.Resource.Text.Length > 0;
    }

    private void ReadStatus(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (Next(ref reader))
        {
            var field = reader.ValueSpan;
            Value(ref reader);
            if (field.SequenceEqual("code"u8) && reader.TokenType == JsonTokenType.Number)
            {
                Event.Code = reader.TryGetInt32(out var code) ? code : 0;
            }
            else if (field.SequenceEqual("message"u8) && reader.TokenType == JsonTokenType.String)
            {
                Event.IsImpersonationRefused = reader.ValueSpan.IndexOf(" cannot impersonate"u8) >= 0;
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void ReadAnnotations(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (Next(ref reader))
        {
            var key = reader.ValueSpan;
            Value(ref reader);
            if (key.SequenceEqual("authorization.k8s.io/decision"u8))
            {
                Event.Decision = Text(ref reader);
            }
            else if (key.SequenceEqual("authorization.k8s.io/reason"u8) && reader.TokenType == JsonTokenType.String)
            {
                Event.Binding = BindingOf(reader.ValueSpan);
            }
            else if (key.StartsWith("authentication.k8s.io/"u8) && reader.TokenType == JsonTokenType.String)
            {
                var mark = key["authentication.k8s.io/".Length..];
                Event.IsStale |= mark.SequenceEqual("stale-token"u8);
                Event.IsLegacy |= mark.SequenceEqual("legacy-token"u8);
                if (mark.SequenceEqual("legacy-token-manual-secret"u8) || mark.SequenceEqual("legacy-token-autogenerated-secret"u8))
                {
                    Event.LegacySecret = Text(ref reader);
                }
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private string ReadConstraint(ref Utf8JsonReader reader)
    {
        var constraint = string.Empty;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return constraint;
        }

        while (Next(ref reader))
        {
            var isIt = reader.ValueTextEquals("impersonationConstraint"u8);
            Value(ref reader);
            if (isIt)
            {
                constraint = Text(ref reader).Text;
            }
            else
            {
                reader.Skip();
            }
        }

        return constraint;
    }

    private bool ReadId(ref Utf8JsonReader reader)
    {
        var id = reader.ValueSpan;
        Event.AuditId = Utf8Parser.TryParse(id, out Guid guid, out var used) && used == id.Length ? guid : Guid.Empty;
        Event.Id = id.IsEmpty ? 0 : ByteHash.Of(id) | 1;
        return true;
    }

    private string BindingOf(ReadOnlySpan<byte> reason)
    {
        var hash = ByteHash.Of(reason);
        if (!_bindings.TryGetValue(hash, out var binding))
        {
            if (_bindings.Count > 10_000)
            {
                _bindings.Clear();
            }

            binding = ReasonText.Binding(Encoding.UTF8.GetString(Unescape(reason)));
            _bindings.Add(hash, binding);
        }

        return binding;
    }

    private PooledText Text(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return PooledText.Empty;
        }

        var bytes = reader.ValueIsEscaped ? Unescape(reader.ValueSpan) : reader.ValueSpan;
        return _texts.Get(bytes.Length > LongestText ? bytes[..LongestText] : bytes);
    }

    private PooledText FirstOf(ref Utf8JsonReader reader)
    {
        var first = PooledText.Empty;
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return first;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            first = first.Text.Length == 0 ? Text(ref reader) : first;
            reader.Skip();
        }

        return first;
    }

    private void ReadTexts(ref Utf8JsonReader reader, Action<string> add)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                add(Text(ref reader).Text);
            }

            reader.Skip();
        }
    }

    private ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> raw)
    {
        if (raw.IndexOf((byte)'\\') < 0)
        {
            return raw;
        }

        if (_unescaped.Length < raw.Length + 2)
        {
            _unescaped = new byte[raw.Length + 2];
            _plain = new byte[raw.Length];
        }

        _unescaped[0] = (byte)'"';
        raw.CopyTo(_unescaped.AsSpan(1));
        _unescaped[raw.Length + 1] = (byte)'"';
        var text = new Utf8JsonReader(_unescaped.AsSpan(0, raw.Length + 2));
        text.Read();
        return _plain.AsSpan(0, text.CopyString(_plain));
    }

    private static bool Next(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    private static void Value(ref Utf8JsonReader reader) => reader.Read();
}
