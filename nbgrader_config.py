"""nbgrader's settings for this course folder; its own commands work here as they are.

Only the standard library is used: nbgrader merely logs an import error in this file and goes on
with its defaults, unprotected.
"""

from pathlib import Path

c = get_config()  # noqa: F821 (given by nbgrader)
here = Path(__file__).parent

c.CourseDirectory.course_id = "lead-the-deal"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
# A second lock: author sources never lie beside a solution, and would not be released if they did.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "feedback",
    "*.toml",
    "keys.json",
]

# A learner's answers must survive autograding even if a stray answers.json lies in the source.
c.Autograde.exclude_overwriting = {
    folder.name: ["answers.json"] for folder in (here / "solutions").glob("*") if folder.is_dir()
}

# Zips made by `course submit`: <assignment>__<learner>__<time>.zip
c.FileNameCollectorPlugin.named_regexp = (
    r".*[\\/](?P<assignment>[^\\/]+?)__(?P<student_id>\w[\w.@-]*)__(?P<timestamp>\d{8}T\d{6}Z)"
    r"[^\\/]*[\\/](?P<file_id>.+)"  # a browser may have added " (1)" to a second download
)
c.FileNameCollectorPlugin.valid_ext = [
    *(".ipynb", ".json", ".py", ".csv", ".xlsx", ".txt", ".md", ".pdf"),
    *(".png", ".PNG", ".jpg", ".JPG", ".jpeg"),
]

# Feedback shows points and reasons, never the hidden tests: learners may hand in again.
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
