"""One function a page: parse, ask or act once, answer."""
