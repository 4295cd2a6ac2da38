"""Video: takes uploads, finds scenes, renders what people play and download.

Nouns: uploads (bytes on their way in), videos (what people see), processing (the steps in the
background), analysis and renders (the media work itself), playback (files on their way out).
"""
