-- More containers can be converted.
alter table conversion drop constraint conversion_container_check;
alter table conversion add constraint conversion_container_check check (container in (
    'ogg', 'mp4', 'matroska', 'avi', 'mpeg_ts', 'mpeg_ps', 'mp3', 'wav', 'w64', 'flac', 'aac',
    'aiff', 'caf', 'au', 'amr', 'flv', 'asf'));
