#!/usr/bin/env python
"""The same commands as `thongsuot`, for those used to Django's name."""

from thongsuot.cli.main import main

if __name__ == "__main__":
    main()
