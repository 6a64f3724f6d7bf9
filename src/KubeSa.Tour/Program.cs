using KubeSa.Tour;

// Words, marks and lines of the story are the same wherever it is told.
Console.OutputEncoding = System.Text.Encoding.UTF8;
using var stage = new Stage();
try
{
    Story.Play(stage);
    return 0;
}
catch (StoryException wrong)
{
    Console.Error.WriteLine($"The story did not come out right: {wrong.Message}");
    return 1;
}
finally
{
    stage.Close();
}
