"""A picture that a clinic gives for its letters: a PNG or a JPEG of a size that a letter has use for."""

from pathlib import Path

from app.words import _

LARGEST_FILE = 5_000_000  # bytes
MOST_DOTS = 25_000_000


def fault_in_picture(file: Path) -> str:
    """Return why a file cannot be printed as a picture, in one sentence; "" when it can."""
    from PIL import Image, UnidentifiedImageError

    try:
        if file.stat().st_size > LARGEST_FILE:
            return _("{file} is larger than 5 MB").format(file=file.name)
        with Image.open(file, formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MOST_DOTS:
                return _too_many_dots(file)
            picture.load()
    except UnidentifiedImageError:
        return _("{file} is not a picture in the format PNG or JPEG").format(file=file.name)
    except OSError as error:
        if error.strerror:
            return _("{file} cannot be read: {why}").format(file=file.name, why=error.strerror)
        return _("{file} is not a whole picture").format(file=file.name)
    except Image.DecompressionBombError:
        return _too_many_dots(file)
    except (SyntaxError, ValueError):
        return _("{file} is not a whole picture").format(file=file.name)
    return ""


def _too_many_dots(file: Path) -> str:
    return _("{file} has more dots than a letter has use for").format(file=file.name)
