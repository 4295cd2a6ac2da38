"""What a person reads when a video fails or is not quite right, and what to do about it."""

from typing import Any

from ultra.kit.errors import Language

ERRORS: dict[str, tuple[str, str]] = {
    "empty_file": (
        "Dosya boş. Videoyu yeniden dışa aktarıp tekrar yükleyin.",
        "The file is empty. Export the video again and upload it once more.",
    ),
    "not_a_video": (
        "Bu dosya bir video değil. MP4, MOV, MKV, WebM ya da AVI yükleyin.",
        "This file is not a video. Upload an MP4, MOV, MKV, WebM or AVI file.",
    ),
    "container_not_allowed": (
        "Bu dosya türü desteklenmiyor. MP4, MOV, MKV, WebM ya da AVI yükleyin.",
        "This kind of file is not supported. Upload an MP4, MOV, MKV, WebM or AVI file.",
    ),
    "codec_not_allowed": (
        "Videonun kodlaması desteklenmiyor. H.264 olarak dışa aktarıp yeniden deneyin.",
        "The encoding of this video is not supported. Export it as H.264 and try again.",
    ),
    "no_video_stream": (
        "Dosyada yalnızca ses var, görüntü yok. Görüntülü bir dosya yükleyin.",
        "The file has sound but no picture. Upload a file with a video stream.",
    ),
    "truncated": (
        "Dosya yarım kalmış; sonu eksik. Özgün dosyayı yeniden yükleyin.",
        "The file is incomplete; its end is missing. Upload the original file again.",
    ),
    "too_long": (
        "Video çok uzun. Daha kısa bölümler hâlinde yükleyin.",
        "The video is too long. Upload it in shorter parts.",
    ),
    "too_large_picture": (
        "Görüntü boyutu desteklenmiyor. En çok 8K çözünürlükte dışa aktarın.",
        "The picture size is not supported. Export it at 8K or smaller.",
    ),
    "too_much_work": (
        "Video, bu çözünürlük için çok uzun. Daha kısa ya da daha küçük olarak dışa aktarın.",
        "The video is too long for its resolution. Export it shorter or smaller.",
    ),
    "too_many_streams": (
        "Dosyada çok fazla iz var. Tek görüntü ve tek ses iziyle dışa aktarın.",
        "The file has too many tracks. Export it with one picture and one sound track.",
    ),
    "too_many_frames": (
        "Saniyedeki kare sayısı çok yüksek. En çok 240 kare/sn olarak dışa aktarın.",
        "The frame rate is too high. Export it at 240 frames per second or fewer.",
    ),
    "unreadable": (
        "Dosya okunamadı; bozuk olabilir. Videoyu yeniden dışa aktarıp tekrar deneyin.",
        "The file could not be read; it may be damaged. Export the video again and retry.",
    ),
    "processing_failed": (
        "Video işlenirken bir hata oluştu. Yeniden deneyin; sürerse başka biçimde dışa aktarın.",
        "Something went wrong while processing. Retry; if it persists, export in another format.",
    ),
    "processing_crashed": (
        "İşleme birkaç kez yarıda kesildi. Sunucunun belleği yetmiyor olabilir; yeniden deneyin.",
        "Processing was cut off several times. The server may be short of memory; try again.",
    ),
}

WARNINGS: dict[str, tuple[str, str]] = {
    "truncated": (
        "Dosyanın sonu eksik; okunabilen bölüm işlendi.",
        "The end of the file is missing; the readable part was processed.",
    ),
    "bad_packets": (
        "Dosyada bozuk yerler var; görüntüde küçük kusurlar olabilir.",
        "The file has damaged places; small flaws may be visible.",
    ),
    "audio_unreadable": (
        "Ses izi okunamadı; video sessiz işlendi.",
        "The sound track could not be read; the video was processed without sound.",
    ),
    "duration_estimated": (
        "Dosyada süre bilgisi yok; süre kareler sayılarak bulundu.",
        "The file does not state its duration; it was found by counting frames.",
    ),
    "single_frame": (
        "Videoda yalnızca bir kare var.",
        "The video has a single frame.",
    ),
    "too_quiet": (
        "Ses çok kısık; bozulmaması için hedef seviyeye kadar yükseltilmedi.",
        "The sound is very quiet; it was not raised all the way, to keep it from breaking up.",
    ),
    "silent": ("Ses izi tümüyle sessiz.", "The sound track is silent throughout."),
    "classical_detection": (
        "Sahneler yapay zekâ olmadan, klasik yöntemle bulundu.",
        "Scenes were found by the classical method, without the neural network.",
    ),
}


def tell(
    sentences: dict[str, tuple[str, str]], code: str, language: Language, facts: dict[str, Any]
) -> str:
    """The sentence of a code; for an unknown one a sentence that still says what to do."""
    turkish, english = sentences.get(code) or ERRORS["processing_failed"]
    return (turkish if language == "tr" else english).format_map(facts)
