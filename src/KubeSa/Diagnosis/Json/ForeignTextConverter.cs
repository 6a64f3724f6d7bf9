using System.Text.Json;
using System.Text.Json.Serialization;
using KubeSa.Secrecy;

namespace KubeSa.Diagnosis;

/// <summary>
/// Every text in evidence, whatever field it stands in and whoever wrote it: a server, a certificate, a stranger's file. None
/// comes in or goes out with a credential, with what a terminal would obey, or longer than anybody would read.
/// </summary>
internal sealed class ForeignTextConverter : JsonConverter<string>
{
    private const int Longest = 8 * 1024;

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Clean(reader.GetString());

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(Clean(value));

    private static string? Clean(string? text) => text is null ? null : ControlCharacters.ShowOnOneLine(Redactor.Redact(Redactor.Bound(text, Longest)));
}
